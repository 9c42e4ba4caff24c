import Domain

#if canImport(Glibc)
    import Glibc
#endif

/// This machine's own clock: good for the locality of new ids, and for nothing that is decided.
enum WallClock {
    static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
