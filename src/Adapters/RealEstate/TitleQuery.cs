using Integration.Adapters.Ports;

namespace Integration.Adapters.RealEstate;

/// <summary>One question to the registry, without the token: that one is put in for each attempt.</summary>
/// <param name="Number">Query number (cxqqdh); comes back with the answer.</param>
/// <param name="BusinessNumber">The caller's case.</param>
/// <param name="Question">What is asked.</param>
internal sealed record TitleQuery(string Number, string BusinessNumber, PropertyTitleQuestion Question)
{
    private const string RequestType = "BDCQZCX";

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
            new TitleConditions([
                new TitleCondition(
                    Question.HolderName.Value,
                    Question.HolderCode ?? string.Empty,
                    Question.Certificate?.Value ?? string.Empty,
                    Question.Unit?.Value ?? string.Empty
                ),
            ])
        );

    /// <inheritdoc />
    public override string ToString() => nameof(TitleQuery);
}
