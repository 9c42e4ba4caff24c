extension JSONType {
    /// An array; every element is read, so that each error is listed.
    public static func array<Element>(of type: JSONType<Element>, _ count: ClosedRange<Int>) -> JSONType where Value == [Element] {
        JSONType(.array(of: type.schema, count: count)) { value, errors in
            guard let elements = value.elements else { return errors.wrongType(value, "an array") }
            guard elements.count <= count.upperBound else {
                errors.add(value, .tooMany, "At most \(count.upperBound) elements.")
                return nil
            }
            guard elements.count >= count.lowerBound else {
                errors.add(value, .tooFew, "At least \(count.lowerBound) elements.")
                return nil
            }
            var list: [Element] = []
            list.reserveCapacity(elements.count)
            for element in elements {
                if let item = type.read(element, &errors) {
                    list.append(item)
                }
            }
            return list.count == elements.count ? list : nil
        }
    }

    /// The same array where no element has what another has, too.
    ///
    /// - Parameter key: what they must differ in.
    func distinct<Element, Key: Hashable & Sendable>(
        _ detail: String,
        by key: @escaping @Sendable (Element) -> Key
    ) -> JSONType where Value == [Element] {
        JSONType(schema) { [read] value, errors in
            guard let list = read(value, &errors) else { return nil }
            var seen: Set<Key> = []
            for (item, element) in zip(list, value.elements ?? []) where !seen.insert(key(item)).inserted { errors.add(element, .duplicate, detail) }
            return seen.count == list.count ? list : nil
        }
    }

    /// An object with names of the caller's choice.
    public static func map<Element>(
        of type: JSONType<Element>,
        names: TextRule,
        maximum: Int
    ) -> JSONType where Value == [(name: String, value: Element)] {
        JSONType(.map(of: type.schema, maximum: maximum)) { value, errors in
            guard let members = value.members else { return errors.wrongType(value, "an object") }
            guard members.count <= maximum else {
                errors.add(value, .tooMany, "At most \(maximum) members.")
                return nil
            }
            var list: [(name: String, value: Element)] = []
            var seen: Set<String> = []
            for member in members {
                // The parser compares bytes; to people, and to a dictionary, two spellings of one text are one name.
                if !seen.insert(member.name).inserted {
                    errors.add(member.value, .duplicate, "Another member's name is the same text in another Unicode spelling.")
                } else if let failure = names.failure(of: member.name) {
                    errors.add(member.value, failure.code, "The member's name: " + failure.detail)
                } else if let item = type.read(member.value, &errors) {
                    list.append((member.name, item))
                }
            }
            return list.count == members.count ? list : nil
        }
    }
}

extension JSONType where Value: RequestObject {
    /// An object with fixed members.
    public static var object: JSONType {
        JSONType(Value.schema) { value, errors in
            ObjectReader.read(Value.self, from: value, errors: &errors)
        }
    }
}

extension JSONType where Value == [UInt8] {
    /// Any JSON value, kept as its text. Refused is what PostgreSQL's `jsonb` cannot hold: U+0000, and numbers beyond a Double's range.
    public static func raw(maximumBytes: Int) -> JSONType {
        JSONType(.anything) { value, errors in
            guard value.rawBytes.count <= maximumBytes else {
                errors.add(value, .tooLong, "At most \(maximumBytes) bytes of JSON.")
                return nil
            }
            guard value.isStorable(&errors) else { return nil }
            return Array(value.rawBytes)
        }
    }
}

extension JSONValue {
    /// Whether PostgreSQL's `jsonb` can hold the value; records why not.
    func isStorable(_ errors: inout FieldErrors) -> Bool {
        for index in index..<Int(document.nodes[index].next) {
            let part = JSONValue(document: document, index: index)
            if let text = document.nodes[index].hasEscapes ? part.string : nil, text.utf8.contains(0) {
                errors.add(part, .invalidCharacter, "U+0000 is not allowed.")
                return false
            }
            if part.isNumber, part.double == nil {
                errors.add(part, .outOfRange, "The number is too large.")
                return false
            }
        }
        return true
    }
}
