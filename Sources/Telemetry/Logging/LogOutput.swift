/// Where finished log lines go. A line is complete, ends in a newline, and must not be split between other lines.
public protocol LogOutput: Sendable {
    func write(line: [UInt8])
}
