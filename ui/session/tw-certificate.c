/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-certificate.h"

#include <math.h>

#include "core/i18n.h"
#include "widgets/tw-direction.h"
#include "widgets/tw-room.h"

enum { LINES = 4 }; /* of what is said: two answers, and what else there is */

/* A question and its answer: an icon and a sentence, side by side. */
typedef struct Answer {
    GtkWidget *icon, *words;
} Answer;

typedef enum Figure {
    CONSISTENCY,
    WORST,
    MISFIT,
    DETAIL,
    FOUND,
    NOISE,
    SHOT,
    STEPS,
    EVALUATIONS,
    SECONDS,
    MEMORY,
    MODEL,
    METHOD,
    FIGURES
} Figure;

struct _TwCertificate {
    GtkBox parent_instance;
    Answer fit, look;
    GtkWidget *words, *warning;
    GtkWidget *details; /* the button */
    GtkWidget *titles[FIGURES], *values[FIGURES];
};

G_DEFINE_TYPE(TwCertificate, tw_certificate, GTK_TYPE_BOX)

/* The icon of an answer that is @bad or @good; neither: it is not known. */
static const char *
icon_of(gboolean bad, gboolean good)
{
    if (bad)
        return "dialog-warning-symbolic";
    return good ? "object-select-symbolic" : "dialog-question-symbolic";
}

const char *
tw_certificate_fit_icon(tw_fit fit)
{
    return icon_of(tw_fit_is_bad(fit), fit == TW_FIT_GOOD);
}

const char *
tw_certificate_look_icon(tw_look look)
{
    if (look == TW_LOOK_SMOOTH)
        return "dialog-information-symbolic";
    return icon_of(tw_look_is_bad(look), look == TW_LOOK_GOOD);
}

static char *
number_text(double value)
{
    return isnan(value) ? NULL : g_strdup_printf("%.2f", value);
}

/* NULL: there is nothing to say. */
static char *
figure_text(const tw_report *report, Figure figure)
{
    switch (figure) {
    case CONSISTENCY:
        return isnan(report->consistency)
                   ? NULL
                   : g_strdup_printf(_("%.2f times the noise"),
                                     report->consistency);
    case MISFIT:
        return number_text(report->misfit);
    case DETAIL:
        return number_text(report->detail);
    case FOUND:
        return isnan(report->found)
                   ? NULL
                   : g_strdup_printf(_("%.2f %%"), 100 * report->found);
    case WORST:
        return isnan(report->worst)
                   ? NULL
                   : g_strdup_printf(_("%.2f times the noise"), report->worst);
    case NOISE:
        return isnan(report->noise)
                   ? NULL
                   : g_strdup_printf(_("%.2f %%"), 100 * report->noise);
    case SHOT:
        return report->shot > 0
                   ? g_strdup_printf(_("%.3f %%"), 100 * report->shot)
                   : NULL;
    case STEPS:
        return g_strdup_printf("%d", report->steps);
    case EVALUATIONS:
        return report->checks > 0
                   ? g_strdup_printf(_("%d, and %d to judge the result"),
                                     report->evaluations, report->checks)
                   : g_strdup_printf("%d", report->evaluations);
    case SECONDS:
        return g_strdup_printf(_("%.1f s"), report->seconds);
    case MEMORY:
        return g_format_size_full(report->peak_bytes, G_FORMAT_SIZE_IEC_UNITS);
    case MODEL:
        return g_strdup(report->model);
    case METHOD:
        return g_strdup(report->solver);
    case FIGURES:
        break;
    }
    return NULL;
}

static void
set_text(GtkWidget *label, const char *text)
{
    char *directed = tw_directed(text);

    gtk_label_set_text(GTK_LABEL(label), directed);
    gtk_widget_set_visible(label, *directed);
    g_free(directed);
}

static void
set_answer(const Answer *answer, const char *words, const char *icon)
{
    set_text(answer->words, words);
    gtk_image_set_from_icon_name(GTK_IMAGE(answer->icon), icon,
                                 GTK_ICON_SIZE_BUTTON);
    gtk_widget_set_visible(answer->icon, *words != 0);
}

static void
show_figures(TwCertificate *certificate, const tw_report *report)
{
    for (int i = 0; i < FIGURES; i++) {
        char *text = report ? figure_text(report, (Figure) i) : NULL;

        set_text(certificate->values[i], text);
        gtk_widget_set_visible(certificate->titles[i], text != NULL);
        g_free(text);
    }
    if (!report)
        gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(certificate->details),
                                     FALSE);
    gtk_widget_set_sensitive(certificate->details, report != NULL);
}

void
tw_certificate_set_report(TwCertificate *certificate, const tw_report *report)
{
    const tw_fit fit = report ? report->fit : TW_FIT_NONE;
    const tw_look look = report ? report->look : TW_LOOK_NONE;
    const gboolean said = tw_fit_is_bad(fit) || look == TW_LOOK_ODD;
    char *words = NULL;

    if (report && *report->unknown_words)
        words = g_strdup_printf(
            _("The model does not know these words of the prompt: %s"),
            report->unknown_words);
    set_answer(&certificate->fit, tw_fit_words(fit),
               tw_certificate_fit_icon(fit));
    set_answer(&certificate->look, tw_look_words(look),
               tw_certificate_look_icon(look));
    set_text(certificate->words, words);
    /* A warning repeats the answers, if they are why it is there. */
    set_text(certificate->warning, report && !said ? report->warning : NULL);
    show_figures(certificate, report);
    g_free(words);
}

static void
tw_certificate_class_init(TwCertificateClass *class)
{
    (void) class;
}

static GtkWidget *
make_label(int width)
{
    GtkWidget *label = gtk_label_new(NULL);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_max_width_chars(GTK_LABEL(label), width);
    gtk_widget_set_no_show_all(label, TRUE);
    return label;
}

static GtkWidget *
make_figures(TwCertificate *certificate)
{
    static const char *const titles[FIGURES] = {
        [CONSISTENCY] = N_("Difference"),
        [WORST] = N_("Worst place"),
        [MISFIT] = N_("Doubt about noise and blur (limit: 1)"),
        [DETAIL] = N_("Fine detail (usual: -1 to 1)"),
        [FOUND] = N_("Noise that the picture shows"),
        [NOISE] = N_("Noise"),
        [SHOT] = N_("Shot noise"),
        [STEPS] = N_("Steps"),
        [EVALUATIONS] = N_("Evaluations of the model"),
        [SECONDS] = N_("Time"),
        [MEMORY] = N_("Memory"),
        [MODEL] = N_("Model"),
        [METHOD] = N_("Method"),
    };
    GtkWidget *grid = gtk_grid_new();

    gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
    gtk_grid_set_row_spacing(GTK_GRID(grid), 3);
    for (int i = 0; i < FIGURES; i++) {
        certificate->titles[i] = make_label(24);
        certificate->values[i] = make_label(24);
        gtk_label_set_text(GTK_LABEL(certificate->titles[i]), _(titles[i]));
        gtk_grid_attach(GTK_GRID(grid), certificate->titles[i], 0, i, 1, 1);
        gtk_grid_attach(GTK_GRID(grid), certificate->values[i], 1, i, 1, 1);
    }
    return grid;
}

/* The figures are above the window, so that they take no room of it. */
static GtkWidget *
make_details(TwCertificate *certificate)
{
    GtkWidget *button = gtk_menu_button_new();
    GtkWidget *popover = gtk_popover_new(button);
    GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
    GtkWidget *figures = make_figures(certificate);

    gtk_button_set_label(GTK_BUTTON(button), _("Details"));
    gtk_widget_set_tooltip_text(button, _("The figures of this result"));
    gtk_widget_set_valign(button, GTK_ALIGN_START);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled),
                                   GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_propagate_natural_height(
        GTK_SCROLLED_WINDOW(scrolled), TRUE);
    gtk_container_set_border_width(GTK_CONTAINER(figures), 12);
    gtk_container_add(GTK_CONTAINER(scrolled), figures);
    gtk_container_add(GTK_CONTAINER(popover), scrolled);
    gtk_widget_show_all(scrolled);
    gtk_menu_button_set_popover(GTK_MENU_BUTTON(button), popover);
    return button;
}

/* In @box, the next line. */
static void
add_answer(GtkBox *box, Answer *answer)
{
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);

    answer->icon = gtk_image_new();
    answer->words = make_label(40);
    gtk_widget_set_no_show_all(answer->icon, TRUE);
    gtk_widget_set_valign(answer->icon, GTK_ALIGN_START);
    gtk_box_pack_start(GTK_BOX(row), answer->icon, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(row), answer->words, TRUE, TRUE, 0);
    gtk_box_pack_start(box, row, FALSE, FALSE, 0);
}

static void
tw_certificate_init(TwCertificate *certificate)
{
    GtkWidget *said = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);

    add_answer(GTK_BOX(said), &certificate->fit);
    add_answer(GTK_BOX(said), &certificate->look);
    certificate->words = make_label(44);
    certificate->warning = make_label(44);
    certificate->details = make_details(certificate);
    gtk_box_pack_start(GTK_BOX(said), certificate->warning, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(said), certificate->words, FALSE, FALSE, 0);
    gtk_box_set_spacing(GTK_BOX(certificate), 12);
    gtk_box_pack_start(GTK_BOX(certificate), tw_room_new(said, LINES), TRUE,
                       TRUE, 0);
    gtk_box_pack_start(GTK_BOX(certificate), certificate->details, FALSE, FALSE,
                       0);
    gtk_widget_show_all(GTK_WIDGET(certificate));
    tw_certificate_set_report(certificate, NULL);
}

TwCertificate *
tw_certificate_new(void)
{
    return g_object_new(TW_TYPE_CERTIFICATE, NULL);
}
