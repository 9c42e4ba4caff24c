public import Domain

/// A value that writes itself as one JSON value.
public protocol JSONWritable {
    func write(to writer: inout JSONWriter)
}

extension String: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.string(self)
    }
}

extension Bool: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.bool(self)
    }
}

extension Int: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.integer(Int64(self))
    }
}

extension Int64: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.integer(self)
    }
}

extension Double: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.number(self)
    }
}

extension ID: JSONWritable {
    /// The canonical text of the UUID.
    public func write(to writer: inout JSONWriter) {
        writer.string(description)
    }
}

extension Timestamp: JSONWritable {
    /// RFC 3339 in UTC with milliseconds (api.md 2).
    public func write(to writer: inout JSONWriter) {
        writer.string(millisecondText)
    }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        if let self {
            self.write(to: &writer)
        } else {
            writer.null()
        }
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.array { writer in
            for element in self {
                element.write(to: &writer)
            }
        }
    }
}
