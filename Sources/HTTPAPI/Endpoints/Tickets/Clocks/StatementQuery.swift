import Domain

/// In which language a ticket's promises are explained.
struct StatementQuery: QueryParameters {
    static let language = QueryField(
        "lang",
        ParameterType<SLALanguage>.code,
        "`en`, or `zh` for Simplified Chinese; `en` unless given."
    )
    static let parameters = [language.parameter]

    let language: SLALanguage

    init?(from reader: inout QueryReader) {
        language = reader.value(Self.language) ?? .english
    }
}
