using System.Text.Json;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.ProvincialNetwork;

namespace Integration.Adapters.Tests.ProvincialNetwork;

/// <summary>The published vectors, computed independently of this code.</summary>
public sealed class ExchangeVectorTests
{
    private static readonly JsonElement s_vector = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "exchange-platform.json")))
        .RootElement.GetProperty("exchange");

    [Fact]
    public void A_refresh_is_signed_under_the_application_key() =>
        Assert.Equal(Text("refreshSign"), Sign(Text("appkey")));

    [Fact]
    public void A_call_is_signed_under_the_secret() => Assert.Equal(Text("callSign"), Sign(Text("secret")));

    [Fact]
    public void Another_key_gives_another_signature() => Assert.NotEqual(Text("callSign"), Sign(Text("appkey")));

    [Fact]
    public void The_aes_key_is_derived_from_the_application_key() =>
        Assert.Equal(Text("aesKeyHex"), Convert.ToHexStringLower(AppKeyCipher.DeriveKey(Text("appkey"))));

    [Fact]
    public void The_aes_key_of_another_vector_holds_too() =>
        Assert.Equal(Text("sha1PrngKeyFor123456Hex"), Convert.ToHexStringLower(AppKeyCipher.DeriveKey("123456")));

    [Fact]
    public void An_ecb_secret_is_decrypted() =>
        Assert.Equal(Text("secret"), Decrypt("secretEcbBase64", KeyEncryption.Ecb));

    [Fact]
    public void A_cbc_secret_is_decrypted() =>
        Assert.Equal(Text("secret"), Decrypt("secretCbcBase64", KeyEncryption.Cbc));

    [Fact]
    public void Line_breaks_within_the_base64_text_do_not_matter()
    {
        var broken = Text("secretEcbBase64").Insert(40, "\r\n") + "\n";
        Assert.True(AppKeyCipher.TryDecrypt(Text("appkey"), broken, KeyEncryption.Ecb, out var secret));
        Assert.Equal(Text("secret"), secret);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("")]
    public void What_was_not_encrypted_under_our_key_is_refused(string encrypted) =>
        Assert.False(AppKeyCipher.TryDecrypt(Text("appkey"), encrypted, KeyEncryption.Ecb, out _));

    [Fact]
    public void A_secret_of_another_application_is_refused() =>
        Assert.False(
            AppKeyCipher.TryDecrypt(
                "ffffffffffffffffffffffffffffffff",
                Text("secretEcbBase64"),
                KeyEncryption.Ecb,
                out _
            )
        );

    private static string Sign(string key) =>
        ExchangeFields.Sign(Text("rid"), Text("sid"), Text("rtime"), key).Signature;

    private static string? Decrypt(string name, KeyEncryption encryption) =>
        AppKeyCipher.TryDecrypt(Text("appkey"), Text(name), encryption, out var secret) ? secret : null;

    private static string Text(string name) => s_vector.GetProperty(name).GetString()!;
}
