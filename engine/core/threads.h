/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many threads this process can have. */

#ifndef TW_THREADS_H
#define TW_THREADS_H

/*
 * At most @wanted, at least 1: as many as OpenMP can start, which ends the
 * process where it cannot (limits of processes, of address space). Under a limit
 * of address space (ulimit -v) threads get a quarter of what is left.
 *
 * In a process that was forked, and has not executed a program since, it is 1:
 * the threads that OpenMP keeps for the next loop have not come along, and it
 * would wait for them for ever. tw_threads_watch() must have been called before
 * the fork.
 */
int tw_threads_possible(int wanted);

/* Takes note of forks from now on; may be called again. */
void tw_threads_watch(void);

#endif
