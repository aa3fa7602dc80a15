/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tw-property.h"

TwPropertyKind
tw_property_kind(const tw_param *param)
{
    (void) param;
    return 0;
}

char *
tw_property_initial(const tw_param *param)
{
    (void) param;
    return NULL;
}

gboolean
tw_property_apply(GObject *object, tw_request *request, GError **error)
{
    (void) object;
    (void) request;
    (void) error;
    return 0;
}

gboolean
tw_property_load(GObject *object, const tw_request *request, GError **error)
{
    (void) object;
    (void) request;
    (void) error;
    return 0;
}

GQuark
tw_error_quark(void)
{
    return g_quark_from_static_string("tw-error");
}

void
tw_set_error(GError **error, tw_status status, const tw_error *why)
{
    (void) error;
    (void) status;
    (void) why;
}
