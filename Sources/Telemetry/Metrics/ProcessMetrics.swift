import Glibc

/// Memory, processor time and open files of this process, from `/proc/self`, under the names all Prometheus clients use.
public struct ProcessMetrics: MetricsCollector {
    private let startSeconds = Double(WallClock.microseconds()) / 1_000_000

    public init() {}

    public func collect(into writer: inout ExpositionWriter) {
        if let bytes = ProcessMetrics.residentBytes() {
            writer.family("process_resident_memory_bytes", help: "Resident memory size.", kind: .gauge)
            writer.sample("process_resident_memory_bytes", Double(bytes))
        }
        if let seconds = ProcessMetrics.cpuSeconds() {
            writer.family("process_cpu_seconds_total", help: "User and system CPU time.", kind: .counter)
            writer.sample("process_cpu_seconds_total", seconds)
        }
        if let count = ProcessMetrics.openDescriptors() {
            writer.family("process_open_fds", help: "Open file descriptors.", kind: .gauge)
            writer.sample("process_open_fds", Double(count))
        }
        writer.family("process_start_time_seconds", help: "When the process began, in Unix time.", kind: .gauge)
        writer.sample("process_start_time_seconds", startSeconds)
    }

    /// The second field of `statm` is the resident set in pages.
    static func residentBytes() -> Int? {
        guard let fields = read("/proc/self/statm")?.split(separator: " "), fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Fields 14 and 15 of `stat` are user and system time in ticks; the name in field 2 may hold spaces, so counting begins behind it.
    static func cpuSeconds() -> Double? {
        guard let text = read("/proc/self/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[end...].split(separator: " ").dropFirst()
        guard let user = fields.dropFirst(11).first.flatMap({ Double($0) }), let system = fields.dropFirst(12).first.flatMap({ Double($0) })
        else { return nil }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        return ticks > 0 ? (user + system) / ticks : nil
    }

    static func openDescriptors() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil {
            count += 1
        }
        // "." and "..", and the descriptor that this listing itself uses.
        return max(0, count - 3)
    }

    private static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }
}
