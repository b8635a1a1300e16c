using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>A joint application as it is stored.</summary>
internal static class StoredFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Everything in it, readable.</summary>
    public static string ToJson(this JointApplication file) => JsonSerializer.Serialize(file, s_json);

    /// <summary>What the column holds.</summary>
    public static string Column(this JointApplication file, byte[] keyBytes)
    {
        using var key = new DocumentKey(keyBytes);
        return PersonalDataJson.Write(file, key, ProtectedText.FromCiphertext([1]));
    }

    /// <summary>The file after it was stored and read.</summary>
    public static JointApplication Stored(this JointApplication file)
    {
        var key = DocumentKey.NewKey();
        return PersonalDataJson.Read<JointApplication>(file.Column(key), _ => new DocumentKey(key));
    }
}
