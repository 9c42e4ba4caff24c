/// Numbers and texts of a desk's description, refused by their place.
extension KeyedDecodingContainer {
    func whole(_ key: Key, in range: ClosedRange<Int>, otherwise value: Int) throws -> Int {
        let number = try decodeIfPresent(Int.self, forKey: key) ?? value
        guard range.contains(number) else { throw refusal(of: key, "must be \(range.lowerBound) to \(range.upperBound)") }
        return number
    }

    /// Whole numbers by names, such as skills with their levels.
    func wholes(_ key: Key, in range: ClosedRange<Int>, most: Int) throws -> [String: Int] {
        let numbers = try decodeIfPresent([String: Int].self, forKey: key) ?? [:]
        guard numbers.count <= most else { throw refusal(of: key, "must have at most \(most) members") }
        for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
            guard (1...100).contains(name.unicodeScalars.count) else { throw refusal(of: key, "must have names of 1 to 100 characters") }
            guard range.contains(number) else { throw refusal(of: key, "must have numbers from \(range.lowerBound) to \(range.upperBound)") }
        }
        return numbers
    }

    func list<Element: Decodable>(_ key: Key, of type: Element.Type, most: Int) throws -> [Element] {
        let list = try decodeIfPresent([Element].self, forKey: key) ?? []
        guard list.count <= most else { throw refusal(of: key, "must have at most \(most) entries") }
        return list
    }

    func refusal(of key: Key, _ reason: String) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: reason)
    }
}
