#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where in a JSON text there are numbers that no 64-bit integer is.
struct FractionPlaces: Decodable {
    private static let most = 3

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let places: [[any CodingKey]]

    /// The first few places, in the order of their names; none where the text is no JSON.
    static func find(in text: Data) -> [[any CodingKey]] {
        Array(((try? JSONDecoder().decode(FractionPlaces.self, from: text))?.places ?? []).prefix(most))
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Name.self) {
            let names = object.allKeys.sorted { $0.stringValue < $1.stringValue }
            places = try names.flatMap { try object.decode(FractionPlaces.self, forKey: $0).places }
        } else if var array = try? decoder.unkeyedContainer() {
            var found: [[any CodingKey]] = []
            while !array.isAtEnd { found += try array.decode(FractionPlaces.self).places }
            places = found
        } else if let number = try? decoder.singleValueContainer().decode(Double.self), Int64(exactly: number) == nil {
            places = [decoder.codingPath]
        } else {
            places = []
        }
    }
}
