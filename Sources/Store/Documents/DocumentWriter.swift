/// Writes a document as JSON text, value by value, without `Codable`. A structure that is passed on: a class would check its accesses at each byte.
struct DocumentWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether the next member or element is the first of its object or list.
    private var isFirst = true

    init() {
        bytes.reserveCapacity(2_048)
    }

    mutating func object(_ write: (inout DocumentWriter) -> Void) {
        open(UInt8(ascii: "{"))
        write(&self)
        close(UInt8(ascii: "}"))
    }

    mutating func list(_ elements: some Sequence<some DocumentWritable>) {
        open(UInt8(ascii: "["))
        for element in elements {
            separate()
            element.write(to: &self)
        }
        close(UInt8(ascii: "]"))
    }

    /// A member of the object that is open.
    ///
    /// - Parameters:
    ///   - name: needs no escapes.
    ///   - value: nil leaves the member out.
    mutating func member(_ name: StaticString, _ value: (some DocumentWritable)?) {
        guard let value else { return }
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        value.write(to: &self)
    }

    /// A member whose name is data.
    mutating func member(named name: String, _ value: some DocumentWritable) {
        separate()
        text(name)
        bytes.append(UInt8(ascii: ":"))
        value.write(to: &self)
    }

    mutating func text(_ text: String) {
        bytes.append(jsonText: text)
    }

    /// A text that needs no escapes, written where it will stand.
    ///
    /// - Parameters:
    ///   - capacity: bytes.
    ///   - write: returns how many bytes it wrote.
    mutating func plainText(upTo capacity: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        bytes.append(UInt8(ascii: "\""))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: buffer[..<write(buffer)]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func number(_ number: Int64) {
        bytes.append(contentsOf: number.description.utf8)
    }

    /// Anything but a finite number, which JSON does not have, is null.
    mutating func number(_ number: Double) {
        bytes.append(contentsOf: (number.isFinite ? number.description : "null").utf8)
    }

    mutating func flag(_ flag: Bool) {
        bytes.append(contentsOf: flag ? "true".utf8 : "false".utf8)
    }

    private mutating func open(_ mark: UInt8) {
        bytes.append(mark)
        isFirst = true
    }

    private mutating func close(_ mark: UInt8) {
        bytes.append(mark)
        isFirst = false
    }

    private mutating func separate() {
        if isFirst { isFirst = false } else { bytes.append(UInt8(ascii: ",")) }
    }
}
