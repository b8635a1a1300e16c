using System.Text.Json;
using Integration.Adapters.Http.Dialects;

namespace Integration.Adapters.Tests.Http.Dialects;

/// <summary>The published vectors, computed independently of this code.</summary>
public class SignatureVectorTests
{
    private static readonly JsonElement s_vectors = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "exchange-platform.json")))
        .RootElement;

    [Fact]
    public void The_tif_vector_holds()
    {
        var signature = TifSignature.Compute(
            Text("tif", "timestamp"),
            Text("tif", "token"),
            Text("tif", "nonce"),
            namesService: false
        );
        Assert.Equal(Text("tif", "signature"), signature);
    }

    [Fact]
    public void A_tif_signature_is_upper_case_where_a_service_is_named()
    {
        var signature = TifSignature.Compute(
            Text("tif", "timestamp"),
            Text("tif", "token"),
            Text("tif", "nonce"),
            namesService: true
        );
        Assert.Equal(Text("tif", "signature").ToUpperInvariant(), signature);
    }

    [Fact]
    public void The_client_id_vector_holds()
    {
        var signature = ClientIdSignature.Compute(
            Text("clientId", "clientId"),
            Text("clientId", "secret"),
            Text("clientId", "timestamp"),
            Text("clientId", "nonce")
        );
        Assert.Equal(Text("clientId", "signature"), signature);
    }

    [Fact]
    public void The_irs_vector_holds()
    {
        var signature = IrsSignature.Compute(Text("irs", "appKey"), Text("irs", "secret"), Text("irs", "requestTime"));
        Assert.Equal(Text("irs", "sign"), signature);
    }

    [Fact]
    public void A_gateway_signature_is_the_exchange_signature_over_app_id_and_time()
    {
        // Same construction, so the exchange vector serves: HMAC over sid + rid + rtime under the app key.
        var signature = GatewaySignature.Compute(
            Text("exchange", "appkey"),
            Text("exchange", "sid") + Text("exchange", "rid"),
            Text("exchange", "rtime")
        );
        Assert.Equal(Text("exchange", "refreshSign"), signature);
    }

    private static string Text(string family, string name) =>
        s_vectors.GetProperty(family).GetProperty(name).GetString() ?? string.Empty;
}
