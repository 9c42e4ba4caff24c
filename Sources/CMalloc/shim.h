#ifndef CMALLOC_SHIM_H
#define CMALLOC_SHIM_H

// mallopt: not part of Swift's module of the C library.
#include <malloc.h>

#endif
