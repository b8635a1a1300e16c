using System.Text.Json;
using Integration.Adapters.Ports;

namespace Integration.Adapters.RealEstate;

/// <summary>One question to the registry.</summary>
/// <param name="Number">Query number (cxqqdh); comes back with the answer.</param>
/// <param name="BusinessNumber">The caller's case.</param>
/// <param name="Question">What is asked.</param>
internal sealed record TitleQuery(string Number, string BusinessNumber, PropertyTitleQuestion Question)
{
    /// <summary>As it goes to the registry.</summary>
    public GxQuestion ToWire() =>
        new(
            Number,
            BusinessNumber,
            JsonSerializer.SerializeToElement(
                new TitleConditions([
                    new TitleCondition(
                        Question.HolderName.Value,
                        Question.HolderCode ?? string.Empty,
                        Question.Certificate?.Value ?? string.Empty,
                        Question.Unit?.Value ?? string.Empty
                    ),
                ]),
                RealEstateJson.Default.TitleConditions
            )
        );

    /// <inheritdoc />
    public override string ToString() => nameof(TitleQuery);
}
