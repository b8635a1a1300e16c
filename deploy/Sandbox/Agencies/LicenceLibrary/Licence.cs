using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Integration.Sandbox.Agencies.LicenceLibrary;

/// <summary>One licence as the library hands it out.</summary>
internal sealed record Licence
{
    public required string Identifier { get; init; }

    public required string TypeName { get; init; }

    /// <summary>Several joined by ^.</summary>
    public required string Holder { get; init; }

    /// <summary>Several joined by ^, in the order of the names.</summary>
    public required string HolderCode { get; init; }

    public required string Number { get; init; }

    public required string IssuedBy { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required IReadOnlyList<(string Name, string Value)> Surface { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        var issuedOn = IssuedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("certificateIdentifier", Identifier);
        json.WriteString("certificateType", TypeName);
        json.WriteString("certificateName", TypeName);
        json.WriteString("certificateHolder", Holder);
        json.WriteString("certificateHolderCode", HolderCode);
        json.WriteString("certificateNumber", Number);
        json.WriteString("issueDept", IssuedBy);
        json.WriteString("issueDate", issuedOn);
        json.WriteString("certificateValidateStart", issuedOn);
        json.WriteString("certificateValidateEnd", "9999-12-31");
        json.WriteBase64String("digitalSign", SHA256.HashData(Encoding.UTF8.GetBytes(Identifier)));
        json.WriteStartArray("surface");
        foreach (var (name, value) in Surface)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
