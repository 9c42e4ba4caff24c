import Testing

/// `#expect(value == expected)` for values that a mutating call returns, which the macro cannot hold.
func check<Value: Equatable>(_ value: Value, _ expected: Value, _ location: SourceLocation = #_sourceLocation) {
    #expect(value == expected, sourceLocation: location)
}
