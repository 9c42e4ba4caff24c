#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A name that an object of a JSON text has twice: decoders take one of the two values and say nothing.
enum RepeatedName {
    private struct Level {
        /// Dotted, with a dot at its end where it is not empty.
        let path: String
        let isObject: Bool
        var names: Set<String> = []
        var expectsName: Bool
        /// The name of the value that comes.
        var name = ""
    }

    /// - Parameter text: valid JSON.
    /// - Returns: the dotted name of the first; nil where there is none.
    static func first(in text: String) -> String? {
        let bytes = Array(text.utf8)
        var levels: [Level] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                let isObject = bytes[index] == UInt8(ascii: "{")
                let path = levels.last.map { $0.isObject ? $0.path + $0.name + "." : $0.path } ?? ""
                levels.append(Level(path: path, isObject: isObject, expectsName: isObject))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                _ = levels.popLast()
            case UInt8(ascii: ","):
                if let last = levels.indices.last { levels[last].expectsName = levels[last].isObject }
            case UInt8(ascii: "\""):
                let end = Self.end(of: bytes, from: index)
                if let last = levels.indices.last, levels[last].expectsName {
                    let name = Self.text(bytes[index...min(end, bytes.count - 1)])
                    guard levels[last].names.insert(name).inserted else { return levels[last].path + name }
                    levels[last].name = name
                    levels[last].expectsName = false
                }
                index = end
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Where the text ends that begins with a quotation mark.
    private static func end(of bytes: [UInt8], from start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
        return index
    }

    /// The same name may be written in several ways.
    private static func text(_ literal: ArraySlice<UInt8>) -> String {
        (try? JSONDecoder().decode(String.self, from: Data(literal))) ?? String(decoding: literal, as: UTF8.self)
    }
}
