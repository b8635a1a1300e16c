using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;

namespace Integration.Adapters.RealEstate;

/// <summary>The caller's <c>data</c> in our form field: head and token are ours, each attempt has its own query number.</summary>
internal sealed class GxDataDialect(GxDataSigner signer, QueryNumbers numbers) : IForwardedDialect
{
    public ForwardingDialect Description { get; } =
        new("gx-data", NeedsService: false, Path: null, WireFormat.Json, WireFormat.Json, HasEnvelope: true);

    public IForwardedService? Open(string? service) => service is null ? new ForwardedService(signer, Wrap) : null;

    private AgencyFailure? Wrap(HttpRequestMessage request, ForwardedQuestion question)
    {
        if (!ForwardedJson.Read(question, "head").Succeeded(out var data, out var failure))
        {
            return failure;
        }

        if (numbers.Next() is not { } number)
        {
            return ForwardedBody.Refused(QueryNumbers.UsedUp);
        }

        new GxQuestion(number, question.CaseId, data).SetOn(request);
        return null;
    }
}
