using Integration.Fuzzing.Targets;

namespace Integration.Fuzzing;

/// <summary>Everything of the product that reads the bytes of strangers.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        // At the door
        new("front-filter", FrontFilterTarget.Read),
        new("request-body", RequestBodyTarget.Read),
        new("forwarded-json", ForwardedRequestTarget.ReadJson),
        new("forwarded-xml", ForwardedRequestTarget.ReadXml),
        new("signature", SignatureTarget.Read),
        new("identifiers", IdentifierTarget.Read),
        // From agencies
        new("answer-xml", AnswerTarget.ReadXml),
        new("answer-population", AnswerTarget.ReadPopulation),
        new("answer-licence", AnswerTarget.ReadLicence),
        new("answer-title", AnswerTarget.ReadTitle),
        new("answer-library", AnswerTarget.ReadLibrary),
        new("answer-account", AnswerTarget.ReadAccount),
        new("answer-box", AnswerTarget.ReadBox),
        new("filter-json", AnswerFilterTarget.ReadJson),
        new("filter-xml", AnswerFilterTarget.ReadXml),
        new("filter-soap", AnswerFilterTarget.ReadSoap),
    ];
}
