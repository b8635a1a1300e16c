using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>A caller's body: whole, within its limit, and with allowed fields only.</summary>
/// <param name="Bytes">As sent; empty where there is none.</param>
/// <param name="Fields">What is in it; null where there is none, or it has faults.</param>
internal sealed record ShareBody(ReadOnlyMemory<byte> Bytes, RequestFields? Fields = null)
{
    /// <summary>It may hold personal data.</summary>
    public override string ToString() => nameof(ShareBody);

    /// <summary>Reads it; faults of its content are added to the list, faults of its form end the reading.</summary>
    public static async Task<Result<ShareBody>> ReadAsync(
        HttpRequest request,
        SharedOperation operation,
        FaultList faults
    )
    {
        var limit = operation.Limits.RequestBytes;
        if (await RequestBytes.ReadAsync(request, limit) is not { } body)
        {
            return Refusal.BodyTooLarge(limit);
        }

        var expected = operation.Entry.Request.Fields.Count > 0;
        if (body.Length == 0 || !expected)
        {
            if (expected != body.Length > 0)
            {
                faults.Add(
                    string.Empty,
                    expected ? "missing" : "unknown-member",
                    expected ? "A body is needed." : "This operation takes no body."
                );
            }

            return new ShareBody(body);
        }

        if (RequestBytes.Refused(request, TypesOf(operation.Dialect.Body)) is { } unsupported)
        {
            return unsupported;
        }

        if (
            !RequestFields
                .Read(body, operation.Dialect.Body, operation.RequestTree)
                .Succeeded(out var fields, out var invalid)
        )
        {
            foreach (var fault in invalid.Errors!)
            {
                faults.Add(fault);
            }
        }

        return new ShareBody(body, fields);
    }

    private static string[] TypesOf(WireFormat format) =>
        format == WireFormat.Json ? ["application/json"] : ["application/xml", "text/xml"];
}
