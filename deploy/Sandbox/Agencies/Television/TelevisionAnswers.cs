using System.Globalization;
using System.Security.Cryptography;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Television;

/// <summary>What the box answers, and how a status is written.</summary>
internal static class TelevisionAnswers
{
    public static byte[] Written(HeldLeg leg, HeldStatus status, ProviderWords words) =>
        BoxLines.Write([
            [
                "61",
                leg.Key,
                status.Code,
                ChinaTime.Text(status.At),
                status.Detail ?? string.Empty,
                status.Who switch
                {
                    "applicant" => "客户",
                    "provider" => "公司",
                    "authority" => "政府",
                    _ => string.Empty,
                },
            ],
            .. status.Missing.Select(item => (string[])["52", words.NameOf(item)]),
            .. status.Fees.Select(fee => (string[])["63", fee.Name, fee.Amount.ToString(CultureInfo.InvariantCulture)]),
        ]);

    public static Answer Accepted(AgencyCall call, string outcome = "answered") =>
        Accepted(call.Request.Path.Value!.Split('/')[^1], call.Body.Span, outcome);

    /// <summary>What the box has of it, so that the sender sees that it is whole.</summary>
    public static Answer Accepted(string name, ReadOnlySpan<byte> bytes, string outcome = "answered") =>
        Answer.Text(
            outcome,
            StatusCodes.Status201Created,
            "text/plain;charset=UTF-8",
            $"{name} {Convert.ToHexStringLower(SHA256.HashData(bytes))}\r\n"
        );

    public static Answer File(byte[]? file) =>
        file is null
            ? Refused(StatusCodes.Status404NotFound) with
            {
                Outcome = "unknown",
            }
            : new Answer(StatusCodes.Status200OK, "text/csv;charset=UTF-8", file, "answered");

    public static Answer Refused(int status) =>
        Answer.Text($"refused:{status}", status, "text/plain;charset=UTF-8", "refused\r\n");
}
