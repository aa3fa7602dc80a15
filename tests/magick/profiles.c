/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes ICC profiles for the tests into the current folder: srgb.icc, wide.icc
 * (Adobe RGB's primaries, gamma 2.2), gray.icc (gamma 2.2) and cmyk.icc, an
 * inkless printer: 1 - ink is light, as much black as possible. */
#include <lcms2.h>
#include <stdbool.h>

enum { GRID = 17 };

static bool
save(cmsHPROFILE profile, const char *name)
{
    bool ok = profile && cmsSaveProfileToFile(profile, name);

    if (profile)
        (void) cmsCloseProfile(profile);
    return ok;
}

static cmsFloat64Number
largest(const cmsFloat64Number *rgb)
{
    cmsFloat64Number high = rgb[0] > rgb[1] ? rgb[0] : rgb[1];

    return high > rgb[2] ? high : rgb[2];
}

static cmsInt32Number
to_lab(const cmsUInt16Number in[], cmsUInt16Number out[], void *transform)
{
    cmsFloat64Number rgb[3], lab[3];

    for (int c = 0; c < 3; c++)
        rgb[c] = (1 - in[c] / 65535.0) * (1 - in[3] / 65535.0);
    cmsDoTransform(transform, rgb, lab, 1);
    cmsFloat2LabEncoded(out,
                        &(cmsCIELab) { .L = lab[0], .a = lab[1], .b = lab[2] });
    return TRUE;
}

static cmsInt32Number
from_lab(const cmsUInt16Number in[], cmsUInt16Number out[], void *transform)
{
    cmsFloat64Number rgb[3], light;
    cmsCIELab lab;

    cmsLabEncoded2Float(&lab, in);
    cmsDoTransform(transform, &lab, rgb, 1);
    for (int c = 0; c < 3; c++)
        rgb[c] = rgb[c] < 0 ? 0 : rgb[c] > 1 ? 1 : rgb[c];
    light = largest(rgb);
    for (int c = 0; c < 3; c++)
        out[c] =
            (cmsUInt16Number) (light > 0 ? 65535 * (1 - rgb[c] / light) + 0.5
                                         : 0);
    out[3] = (cmsUInt16Number) (65535 * (1 - light) + 0.5);
    return TRUE;
}

/* The format wants curves around a table. */
static bool
insert_identity(cmsPipeline *pipeline, cmsUInt32Number channels)
{
    return cmsPipelineInsertStage(
        pipeline, cmsAT_END, cmsStageAllocToneCurves(NULL, channels, NULL));
}

static bool
add_table(cmsHPROFILE profile, cmsTagSignature tag, cmsUInt32Number in,
          cmsUInt32Number out, cmsSAMPLER16 sample, cmsHTRANSFORM transform)
{
    cmsPipeline *pipeline = cmsPipelineAlloc(NULL, in, out);
    cmsStage *table = cmsStageAllocCLut16bit(NULL, GRID, in, out, NULL);
    bool ok = pipeline && table &&
              cmsStageSampleCLut16bit(table, sample, transform, 0) &&
              insert_identity(pipeline, in) &&
              cmsPipelineInsertStage(pipeline, cmsAT_END, table) &&
              insert_identity(pipeline, out) &&
              cmsWriteTag(profile, tag, pipeline);

    cmsPipelineFree(pipeline);
    return ok;
}

static bool
write_cmyk(void)
{
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL);
    cmsHPROFILE srgb = cmsCreate_sRGBProfile();
    cmsHPROFILE lab = cmsCreateLab4Profile(NULL);
    cmsHTRANSFORM there =
        cmsCreateTransform(srgb, TYPE_RGB_DBL, lab, TYPE_Lab_DBL, 1, 0);
    cmsHTRANSFORM back =
        cmsCreateTransform(lab, TYPE_Lab_DBL, srgb, TYPE_RGB_DBL, 1, 0);
    bool ok;

    cmsSetProfileVersion(profile, 4.3);
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetColorSpace(profile, cmsSigCmykData);
    cmsSetPCS(profile, cmsSigLabData);
    ok = cmsWriteTag(profile, cmsSigMediaWhitePointTag, cmsD50_XYZ()) &&
         add_table(profile, cmsSigAToB0Tag, 4, 3, to_lab, there) &&
         add_table(profile, cmsSigBToA0Tag, 3, 4, from_lab, back);
    cmsDeleteTransform(there);
    cmsDeleteTransform(back);
    (void) cmsCloseProfile(srgb);
    (void) cmsCloseProfile(lab);
    return save(profile, "cmyk.icc") && ok;
}

int
main(void)
{
    const cmsCIExyY white = { 0.3127, 0.3290, 1 };
    const cmsCIExyYTRIPLE primaries = { { 0.64, 0.33, 1 },
                                        { 0.21, 0.71, 1 },
                                        { 0.15, 0.06, 1 } };
    cmsToneCurve *gamma = cmsBuildGamma(NULL, 2.2);
    cmsToneCurve *curves[3] = { gamma, gamma, gamma };
    bool ok =
        save(cmsCreate_sRGBProfile(), "srgb.icc") &&
        save(cmsCreateRGBProfile(&white, &primaries, curves), "wide.icc") &&
        save(cmsCreateGrayProfile(cmsD50_xyY(), gamma), "gray.icc") &&
        write_cmyk();

    cmsFreeToneCurve(gamma);
    return ok ? 0 : 1;
}
