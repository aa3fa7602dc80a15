/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/spelling.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 };

static int
least(int a, int b)
{
    return a < b ? a : b;
}

int
tw_spelling_distance(const char *a, const char *b, int limit)
{
    const int m = (int) strlen(a), n = (int) strlen(b);
    int d[LONGEST][LONGEST], nearest = 0;

    if (m >= LONGEST || n >= LONGEST || abs(m - n) >= limit)
        return limit;
    for (int i = 0; i <= m && nearest < limit; i++) {
        nearest = limit;
        for (int j = 0; j <= n; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
            } else {
                const int change = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

                d[i][j] = least(change, least(d[i - 1][j], d[i][j - 1]) + 1);
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
            nearest = least(nearest, d[i][j]);
        }
    }
    return nearest < limit ? least(d[m][n], limit) : limit;
}

uint32_t
tw_spelling_letters(const char *word)
{
    uint32_t letters = 0;

    for (; *word; word++)
        letters |= (uint32_t) 1 << ((unsigned char) *word & 31);
    return letters;
}

bool
tw_spelling_near(uint32_t a, uint32_t b, int limit)
{
    int differing = 0;

    for (uint32_t bits = a ^ b; bits; bits &= bits - 1)
        if (++differing >= 2 * limit)
            return false;
    return true;
}
