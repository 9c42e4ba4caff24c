#ifndef CLIBPQ_SHIM_H
#define CLIBPQ_SHIM_H

#include <libpq-fe.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// The error fields are macros of character literals, which Swift cannot import.
static const int CLIBPQ_DIAG_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED;
static const int CLIBPQ_DIAG_SQLSTATE = PG_DIAG_SQLSTATE;
static const int CLIBPQ_DIAG_MESSAGE = PG_DIAG_MESSAGE_PRIMARY;
static const int CLIBPQ_DIAG_TABLE = PG_DIAG_TABLE_NAME;
static const int CLIBPQ_DIAG_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME;
static const int CLIBPQ_DIAG_SOURCE_FUNCTION = PG_DIAG_SOURCE_FUNCTION;

// These import with types that differ between enum, Int and UInt32; one type for all.
static const uint32_t CLIBPQ_EPOLLIN = EPOLLIN;
static const uint32_t CLIBPQ_EPOLLOUT = EPOLLOUT;
static const uint32_t CLIBPQ_EPOLLERR = EPOLLERR;
static const uint32_t CLIBPQ_EPOLLHUP = EPOLLHUP;
static const int CLIBPQ_EPOLL_CLOEXEC = EPOLL_CLOEXEC;
static const int CLIBPQ_EVENTFD_FLAGS = EFD_CLOEXEC | EFD_NONBLOCK;

#endif
