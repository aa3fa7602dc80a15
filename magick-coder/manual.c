/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the manual page at build time: copies its text (manual.man) from
 * standard input to standard output, and puts what the engine's tables say where
 * a line names it: @TASKS@, @KEYS@, @SOLVERS@. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys.h"

/* Text as roff shows it literally, at any place but the start of a line. */
static void
print_text(const char *text)
{
    static const struct {
        char c;
        const char *roff;
    } special[] = {
        { '\\', "\\e" },  { '-', "\\-" },   { '\'', "\\(aq" }, { '`', "\\(ga" },
        { '^', "\\(ha" }, { '~', "\\(ti" }, { '"', "\\(dq" },  { '|', "\\:|" }
    }; /* a line may end before it */
    enum { SPECIAL = sizeof special / sizeof *special };

    for (; *text; text++) {
        const unsigned char c = (unsigned char) *text;
        int i = 0;

        while (i < SPECIAL && special[i].c != *text)
            i++;
        if (i < SPECIAL) {
            (void) fputs(special[i].roff, stdout);
        } else if (c < 0x80) {
            (void) putchar(c);
        } else { /* UTF-8, well formed as the compiler read it */
            const int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
            unsigned code = c & (0x3fu >> more);

            for (int k = 0; k < more; k++)
                code = code << 6 | ((unsigned char) *++text & 0x3f);
            (void) printf("\\[u%04X]", code);
        }
    }
}

static void
print_line(const char *text)
{
    (void) fputs("\\&", stdout); /* neither '.' nor ' ' begins a line */
    print_text(text);
    (void) putchar('\n');
}

static void
print_heading(const char *name)
{
    (void) fputs(".SS \"", stdout);
    print_text(name);
    (void) fputs("\"\n", stdout);
}

static void
print_keys(const tw_param *table)
{
    for (const tw_param *p = table; p && p->name; p++) {
        char *values = NULL;
        size_t size;
        FILE *to = open_memstream(&values, &size);

        if (!to)
            exit(EXIT_FAILURE);
        tm_keys_values(to, p);
        tm_keys_initial(to, p);
        if (fclose(to) != 0)
            exit(EXIT_FAILURE);
        (void) fputs(".TP\n\\fB", stdout);
        print_text(p->name);
        (void) fputs("\\fR=", stdout);
        print_text(values);
        (void) putchar('\n');
        print_line(p->blurb);
        free(values);
    }
}

static void
print_tasks(void)
{
    for (const tw_task *const *task = tw_tasks; *task; task++) {
        print_heading((*task)->name);
        print_line((*task)->blurb);
        print_keys((*task)->params);
    }
}

static void
print_solvers(void)
{
    for (const tw_solver *const *solver = tw_solvers; *solver; solver++) {
        print_heading((*solver)->name);
        print_line((*solver)->title);
        (void) fputs(".br\n", stdout);
        print_line((*solver)->paper);
        print_keys((*solver)->params);
    }
}

int
main(void)
{
    char line[1000];

    (void) puts(".TH TWEEDIE 7 \"\" \"tweedie " TW_VERSION "\"");
    while (fgets(line, sizeof line, stdin))
        if (!strcmp(line, "@TASKS@\n"))
            print_tasks();
        else if (!strcmp(line, "@KEYS@\n"))
            print_keys(tw_common_params);
        else if (!strcmp(line, "@SOLVERS@\n"))
            print_solvers();
        else
            (void) fputs(line, stdout);
    return ferror(stdin) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
