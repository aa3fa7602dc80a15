/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plug-in: what GIMP starts. */

#include <libgimp/gimp.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/i18n.h"
#include "procedures.h"

#define TW_TYPE_PLUG_IN (tw_plug_in_get_type())
G_DECLARE_FINAL_TYPE(TwPlugIn, tw_plug_in, TW, PLUG_IN, GimpPlugIn)

struct _TwPlugIn {
    GimpPlugIn parent_instance;
};

G_DEFINE_FINAL_TYPE(TwPlugIn, tw_plug_in, GIMP_TYPE_PLUG_IN)

static GList *
query_procedures(GimpPlugIn *plug_in)
{
    (void) plug_in;
    return tw_procedure_names();
}

/* The catalogs are in the system's folder, not in the plug-in's, where GIMP
 * would look: FALSE, it need not. */
static gboolean
set_i18n(GimpPlugIn *plug_in, const gchar *procedure, gchar **domain,
         gchar **folder)
{
    const char *other = g_getenv("TWEEDIE_LOCALE_DIR");

    (void) plug_in;
    (void) procedure;
    (void) domain;
    (void) folder;
    bindtextdomain(TW_DOMAIN, other ? other : TW_LOCALE_DIR);
    bind_textdomain_codeset(TW_DOMAIN, "UTF-8");
    return FALSE;
}

static void
tw_plug_in_class_init(TwPlugInClass *class)
{
    GimpPlugInClass *plug_in_class = GIMP_PLUG_IN_CLASS(class);

    plug_in_class->query_procedures = query_procedures;
    plug_in_class->create_procedure = tw_procedure_new;
    plug_in_class->set_i18n = set_i18n;
}

static void
tw_plug_in_init(TwPlugIn *plug_in)
{
    (void) plug_in;
}

/*
 * Threads of OpenMP spin while they wait, which takes the processors from GTK and
 * from GIMP. libgomp reads the variable before main(), so that the program starts
 * itself once more: same process, same pipes to GIMP.
 */
int
main(int argc, char *argv[])
{
    if (!getenv("OMP_WAIT_POLICY") && !setenv("OMP_WAIT_POLICY", "passive", 1))
        (void) execv(argv[0], argv);
    return gimp_main(TW_TYPE_PLUG_IN, argc, argv);
}
