/// Which members a JSON object of a desk's description may have. A misspelt one would else be one that is left out, and nobody would know.
indirect enum MemberShape: Sendable {
    case anything
    case object([String: MemberShape])
    /// An object whose members have names of the writer's own.
    case named(MemberShape)
    case list(MemberShape)
    case condition

    private struct Member: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// - Throws: `DecodingError` at the place of the first member that there is not, or where an object or a list is something else.
    func check(_ decoder: any Decoder) throws {
        switch self {
        case .anything:
            return
        case .object(let members):
            try eachMember(of: decoder) { name in members[name] }
        case .named(let shape):
            try eachMember(of: decoder) { _ in shape }
        case .list(let shape):
            var list = try decoder.unkeyedContainer()
            while !list.isAtEnd { try shape.check(list.superDecoder()) }
        case .condition:
            let parts = MemberShape.list(.condition)
            let members: [String: MemberShape] = [
                "all": parts, "any": parts, "not": .condition, "field": .anything, "op": .anything, "value": .anything,
            ]
            try eachMember(of: decoder) { members[$0] }
        }
    }

    private func eachMember(of decoder: any Decoder, _ shape: (String) -> MemberShape?) throws {
        let object = try decoder.container(keyedBy: Member.self)
        for member in object.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
            guard let shape = shape(member.stringValue) else {
                let path = decoder.codingPath + [member]
                throw DecodingError.dataCorrupted(.init(codingPath: path, debugDescription: "must not be there: there is no such member"))
            }
            if case .anything = shape { continue }
            if try object.decodeNil(forKey: member) { continue }
            try shape.check(object.superDecoder(forKey: member))
        }
    }
}
