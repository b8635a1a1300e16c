using System.Text.Json;

namespace Integration.Adapters.RealEstate;

/// <summary>
/// What goes into <c>gxData</c> but for the token, which is put in for each attempt. It travels as a request option
/// (<c>[Property(GxQuestion.Option)] GxQuestion question</c> in the Refit interface).
/// </summary>
/// <param name="Number">Query number (cxqqdh); comes back with the answer.</param>
/// <param name="BusinessNumber">The caller's case.</param>
/// <param name="Data">The conditions.</param>
internal sealed record GxQuestion(string Number, string BusinessNumber, JsonElement Data)
{
    public const string Option = "integration.real-estate.question";

    private const string RequestType = "BDCQZCX";

    private static readonly HttpRequestOptionsKey<GxQuestion> s_key = new(Option);

    /// <summary>Lets a request that no generated client makes carry the question.</summary>
    public void SetOn(HttpRequestMessage message) => message.Options.Set(s_key, this);

    public static GxQuestion Get(HttpRequestMessage message) =>
        message.Options.TryGetValue(s_key, out var question)
            ? question
            : throw new InvalidOperationException("A gxData request has no question.");

    /// <summary>The text of <c>gxData</c> for one attempt.</summary>
    public GxData WithToken(string token, RealEstateOptions options) =>
        new(
            new GxHead(
                token,
                options.Division,
                options.Department,
                options.UserName,
                options.ClientAddress,
                RequestType,
                BusinessNumber,
                Number
            ),
            Data
        );

    /// <inheritdoc />
    public override string ToString() => nameof(GxQuestion);
}
