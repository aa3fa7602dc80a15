/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tw-try-strip.h"

#include "core/i18n.h"
#include "kernel/tw-try-view.h"
#include "widgets/tw-room.h"
#include "widgets/tw-scroll.h"

enum { GAP = 4, NOTE_LINES = 3 };

/* A button with a picture, and its values below. */
typedef struct Cell {
    GtkWidget *button, *view, *label;
} Cell;

struct _TwTryStrip {
    GtkBox parent;
    TwTries *tries;
    TwPreview *preview;
    TwSession *session;
    Cell cells[TW_TRIES_MOST];
    GtkWidget *note, *back, *again;
    GtkAccelGroup *keys;
};

G_DEFINE_FINAL_TYPE(TwTryStrip, tw_try_strip, GTK_TYPE_BOX)

/* --- what is shown --- */

static void
set_text(GtkWidget *label, const char *text, gboolean bold)
{
    PangoAttrList *look = pango_attr_list_new();

    pango_attr_list_insert(look, pango_attr_scale_new(PANGO_SCALE_SMALL));
    if (bold)
        pango_attr_list_insert(look, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
    gtk_label_set_attributes(GTK_LABEL(label), look);
    gtk_label_set_text(GTK_LABEL(label), text);
    pango_attr_list_unref(look);
}

/* What a try is, for whoever does not see the frame. */
static const char *
state_text(TwTries *tries, int index)
{
    const TwTry *what = tw_tries_get(tries, index);

    if (what->failed)
        return _("This one could not be computed");
    if (tw_tries_is_present(tries, index))
        return _("The present values; choose them to see nearer ones");
    return what->picture ? _("Choose these values, and see nearer ones")
                         : _("Not computed yet");
}

static void
show_try(TwTryStrip *strip, int index, const cairo_rectangle_int_t *part)
{
    const Cell *cell = &strip->cells[index];
    const TwTry *what = tw_tries_get(strip->tries, index);
    const gboolean present = tw_tries_is_present(strip->tries, index);
    const char *state = state_text(strip->tries, index);
    g_autofree char *text = tw_tries_text(strip->tries, index);
    AtkObject *object = gtk_widget_get_accessible(cell->button);

    tw_try_view_set(TW_TRY_VIEW(cell->view), what->picture,
                    tw_session_input(strip->session), part);
    tw_try_view_set_framed(TW_TRY_VIEW(cell->view), present);
    set_text(cell->label, text, present);
    gtk_widget_set_sensitive(cell->button, TRUE);
    gtk_widget_set_tooltip_text(cell->button, state);
    atk_object_set_name(object, text);
    atk_object_set_description(object, state);
}

/* Keeps its room. */
static void
show_nothing(const Cell *cell)
{
    const cairo_rectangle_int_t none = { 0 };

    tw_try_view_set(TW_TRY_VIEW(cell->view), NULL, NULL, &none);
    set_text(cell->label, "", FALSE);
    gtk_widget_set_sensitive(cell->button, FALSE);
    gtk_widget_set_tooltip_text(cell->button, NULL);
    atk_object_set_name(gtk_widget_get_accessible(cell->button),
                        _("No values to try"));
}

static const char *
note_text(TwTries *tries)
{
    if (tw_tries_are_fine(tries))
        return _("Nearer values look the same: this is as good as it gets by "
                 "eye.");
    if (tw_tries_count(tries) == 0)
        return _("A blur from a picture has no values to vary.");
    return _("Part of the picture with other values, marked in the preview. "
             "Choose what looks best; the next ones are nearer.");
}

static void
update(TwTryStrip *strip)
{
    const int count = tw_tries_count(strip->tries);
    const int places = tw_tries_places(strip->tries);
    cairo_rectangle_int_t part;
    const gboolean has_part = tw_tries_part(strip->tries, &part);

    for (int i = 0; i < TW_TRIES_MOST; i++) {
        if (i < count)
            show_try(strip, i, &part);
        else
            show_nothing(&strip->cells[i]);
        gtk_widget_set_visible(strip->cells[i].button, i < places);
    }
    gtk_label_set_text(GTK_LABEL(strip->note), note_text(strip->tries));
    gtk_widget_set_sensitive(strip->back, tw_tries_can_go_back(strip->tries));
    gtk_widget_set_sensitive(strip->again,
                             tw_tries_can_start_over(strip->tries));
    tw_preview_set_mark(
        strip->preview,
        has_part && gtk_widget_get_mapped(GTK_WIDGET(strip)) ? &part : NULL);
}

/* --- what is chosen --- */

/* The keyboard stays with the values that were taken: now in the middle. */
static void
on_clicked(GtkWidget *button, gpointer data)
{
    TwTryStrip *strip = data;

    for (int i = 0; i < tw_tries_count(strip->tries); i++)
        if (strip->cells[i].button == button) {
            const int middle = tw_tries_places(strip->tries) / 2;

            tw_tries_take(strip->tries, i);
            if (tw_tries_count(strip->tries) > 0)
                gtk_widget_grab_focus(strip->cells[middle].button);
            else
                gtk_widget_grab_focus(strip->again);
            return;
        }
}

static void
on_map(TwTryStrip *strip)
{
    tw_tries_set_active(strip->tries, TRUE);
    update(strip);
    tw_scroll_to(GTK_WIDGET(strip));
}

static void
on_unmap(TwTryStrip *strip)
{
    tw_tries_set_active(strip->tries, FALSE);
    tw_preview_set_mark(strip->preview, NULL);
}

/* Ctrl+Z belongs to whatever window the strip is in. */
static void
on_hierarchy(GtkWidget *widget, GtkWidget *before, gpointer data)
{
    TwTryStrip *strip = TW_TRY_STRIP(widget);
    GtkWidget *now = gtk_widget_get_toplevel(widget);

    (void) data;
    if (before && GTK_IS_WINDOW(before))
        gtk_window_remove_accel_group(GTK_WINDOW(before), strip->keys);
    if (GTK_IS_WINDOW(now))
        gtk_window_add_accel_group(GTK_WINDOW(now), strip->keys);
}

/* --- making it --- */

static Cell
cell_new(TwTryStrip *strip)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
    Cell cell = { gtk_button_new(),
                  tw_try_view_new(strip->preview, TW_TRIES_SIDE),
                  gtk_label_new(NULL) };

    gtk_container_add(GTK_CONTAINER(box), cell.view);
    gtk_container_add(GTK_CONTAINER(box), cell.label);
    gtk_container_add(GTK_CONTAINER(cell.button), box);
    gtk_label_set_ellipsize(GTK_LABEL(cell.label), PANGO_ELLIPSIZE_END);
    gtk_button_set_relief(GTK_BUTTON(cell.button), GTK_RELIEF_NONE);
    gtk_widget_show_all(cell.button);
    gtk_widget_set_no_show_all(cell.button, TRUE);
    g_signal_connect(cell.button, "clicked", G_CALLBACK(on_clicked), strip);
    return cell;
}

/* The theme's room inside of buttons is for words. */
static void
make_narrow(GtkWidget *button)
{
    GtkCssProvider *style = gtk_css_provider_new();

    gtk_css_provider_load_from_data(style, "button { padding: 2px; }", -1,
                                    NULL);
    gtk_style_context_add_provider(gtk_widget_get_style_context(button),
                                   GTK_STYLE_PROVIDER(style),
                                   GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    g_object_unref(style);
}

static GtkWidget *
make_grid(TwTryStrip *strip)
{
    GtkWidget *grid = gtk_grid_new();

    gtk_grid_set_row_spacing(GTK_GRID(grid), GAP);
    gtk_grid_set_column_spacing(GTK_GRID(grid), GAP);
    /* Screen readers go through a grid from what was attached last. */
    for (int i = TW_TRIES_MOST - 1; i >= 0; i--) {
        strip->cells[i] = cell_new(strip);
        make_narrow(strip->cells[i].button);
        gtk_grid_attach(GTK_GRID(grid), strip->cells[i].button,
                        i % TW_TRIES_COLUMNS, i / TW_TRIES_COLUMNS, 1, 1);
    }
    return grid;
}

static GtkWidget *
make_buttons(TwTryStrip *strip)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);

    strip->back = gtk_button_new_with_mnemonic(_("_Back"));
    strip->again = gtk_button_new_with_mnemonic(_("Start _Over"));
    gtk_widget_set_tooltip_text(
        strip->back, _("The values before the last choice (Ctrl+Z)"));
    gtk_widget_set_tooltip_text(
        strip->again, _("As far from the present values as at first"));
    gtk_box_pack_start(GTK_BOX(box), strip->back, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(box), strip->again, FALSE, FALSE, 0);
    g_signal_connect_swapped(strip->back, "clicked",
                             G_CALLBACK(tw_tries_go_back), strip->tries);
    g_signal_connect_swapped(strip->again, "clicked",
                             G_CALLBACK(tw_tries_start_over), strip->tries);
    gtk_widget_add_accelerator(strip->back, "clicked", strip->keys, GDK_KEY_z,
                               GDK_CONTROL_MASK, (GtkAccelFlags) 0);
    return box;
}

GtkWidget *
tw_try_strip_new(TwTries *tries, TwPreview *preview)
{
    TwTryStrip *strip = g_object_new(TW_TYPE_TRY_STRIP, NULL);
    GtkBox *box = GTK_BOX(strip);

    strip->tries = g_object_ref(tries);
    strip->session = tw_tries_session(tries);
    strip->preview = preview;
    strip->note = gtk_label_new(NULL);
    gtk_label_set_line_wrap(GTK_LABEL(strip->note), TRUE);
    gtk_label_set_xalign(GTK_LABEL(strip->note), 0);
    gtk_label_set_yalign(GTK_LABEL(strip->note), 0);
    gtk_box_pack_start(box, tw_room_new(strip->note, NOTE_LINES), FALSE, FALSE,
                       0);
    gtk_box_pack_start(box, make_grid(strip), FALSE, FALSE, 0);
    gtk_box_pack_start(box, make_buttons(strip), FALSE, FALSE, 0);
    g_signal_connect_object(tries, "changed", G_CALLBACK(update), strip,
                            G_CONNECT_SWAPPED);
    update(strip);
    gtk_widget_show_all(GTK_WIDGET(strip));
    return GTK_WIDGET(strip);
}

GtkWidget *
tw_try_strip_get_button(TwTryStrip *strip, int index)
{
    return strip->cells[index].button;
}

static void
finalize(GObject *object)
{
    TwTryStrip *strip = TW_TRY_STRIP(object);

    g_object_unref(strip->tries);
    g_object_unref(strip->keys);
    G_OBJECT_CLASS(tw_try_strip_parent_class)->finalize(object);
}

static void
tw_try_strip_class_init(TwTryStripClass *class)
{
    G_OBJECT_CLASS(class)->finalize = finalize;
}

static void
tw_try_strip_init(TwTryStrip *strip)
{
    strip->keys = gtk_accel_group_new();
    gtk_orientable_set_orientation(GTK_ORIENTABLE(strip),
                                   GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(strip), 6);
    g_signal_connect(strip, "map", G_CALLBACK(on_map), NULL);
    g_signal_connect(strip, "unmap", G_CALLBACK(on_unmap), NULL);
    g_signal_connect(strip, "hierarchy-changed", G_CALLBACK(on_hierarchy),
                     NULL);
}
