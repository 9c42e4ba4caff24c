extension JSONWriter {
    /// Writes a member; an absent optional is written as null, so that every reply has every member.
    public mutating func field(_ name: StaticString, _ value: some JSONWritable) {
        self.name(name)
        value.write(to: &self)
    }

    /// Writes a member whose value is one of a closed set of codes.
    public mutating func field<Code: RawRepresentable>(_ name: StaticString, code value: Code?) where Code.RawValue == String {
        self.name(name)
        if let value {
            string(value.rawValue)
        } else {
            null()
        }
    }

    /// Writes a member only where there is a value.
    public mutating func fieldIfPresent(_ name: StaticString, _ value: (some JSONWritable)?) {
        guard let value else { return }
        field(name, value)
    }

    /// Writes a member whose value is JSON text already.
    public mutating func field(_ name: StaticString, raw json: some Collection<UInt8>) {
        self.name(name)
        raw(json)
    }
}
