import HTTPAPI

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension LineSession {
    /// Answers each line, a JSON object, with one JSON object: the evaluation's, or `{"error": "…"}` with what it threw.
    func run<Input: Decodable, Output: Encodable>(_ evaluate: (Input) throws -> Output) throws(LineIOError) {
        let encoder = JSONEncoder()
        // The same answer is the same bytes, whatever the order in which a dictionary keeps its keys.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try run(writing: { (input: Input) in Array(try encoder.encode(try evaluate(input))) })
    }

    /// The same for answers that are JSON text already.
    ///
    /// - Parameter evaluate: gives one JSON object without a line end in it.
    func run<Input: Decodable>(writing evaluate: (Input) throws -> [UInt8]) throws(LineIOError) {
        let decoder = JSONDecoder()
        try run { line, out in
            do {
                // The decoder lets commas at the end and names that are there twice pass, the API does not.
                _ = try JSONDocument(Array(line), limits: JSONLimits(values: line.count + 1))
                out.append(contentsOf: try evaluate(try decoder.decode(Input.self, from: Data(line))))
                out.append("\n")
            } catch {
                out.appendError(lineFault(error, in: Data(line)))
            }
        }
    }
}

/// What is wrong with a line, in one phrase.
///
/// - Parameter line: of a fraction where a whole number belongs the decoder says no more than that something is wrong with the line.
func lineFault(_ error: any Error, in line: Data) -> String {
    if let error = error as? JSONError {
        return error.pointer.map { "\(place(ofPointer: $0)) is there twice" } ?? "not valid JSON"
    }
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .keyNotFound(let key, let context):
        return "\(place(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context):
        return "\(place(context.codingPath)) must not be null"
    case .typeMismatch(let type, let context):
        return "\(place(context.codingPath)) must be \(name(of: type))"
    case .dataCorrupted(let context):
        guard context.codingPath.isEmpty else { return "\(place(context.codingPath))\(phrase(context.debugDescription))" }
        let fractions = FractionPlaces.find(in: line).map(place)
        guard !fractions.isEmpty else { return "not valid JSON" }
        return (fractions.count > 1 ? "one of " : "") + fractions.joined(separator: ", ") + " must be a whole number of at most 64 bits"
    @unknown default:
        return "not a line of this command"
    }
}

/// What a decoder says of a value, as it follows the value's place. The library's own words for a name that is none speak of types in the code.
private func phrase(_ text: String) -> String {
    if text.hasPrefix("must ") { return " " + text }
    return text.hasPrefix("Cannot initialize ") ? " is not one of the names that there are" : ": " + text
}

/// The same from a JSON Pointer.
private func place(ofPointer pointer: String) -> String {
    pointer.split(separator: "/").reduce(into: "") { text, token in
        let name = token.replacing("~1", with: "/").replacing("~0", with: "~")
        text += name.allSatisfy(\.isWholeNumber) ? "[\(name)]" : text.isEmpty ? name : "." + name
    }
}

/// A path as people write it: `agents[3].skills.fr`.
private func place(_ path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
        if let index = key.intValue {
            text += "[\(index)]"
        } else {
            text += text.isEmpty ? key.stringValue : "." + key.stringValue
        }
    }
    return text.isEmpty ? "the line" : text
}

private func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is [Any].Type: "an array"
    case is [String: Any].Type: "an object"
    default: "of another type"
    }
}
