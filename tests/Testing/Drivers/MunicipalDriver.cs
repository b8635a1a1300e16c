using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;

namespace Integration.Testing.Drivers;

/// <summary>A municipal system: signs events with a source's certificate and hands them in.</summary>
public sealed class MunicipalDriver : IDisposable
{
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";
    public const string Attached = "application/pkcs7-mime; smime-type=signed-data";

    private readonly HallDriver _client;
    private readonly X509Certificate2 _certificate;
    private string? _token;

    internal MunicipalDriver(HallDriver client, string certificatePem, string keyPem)
    {
        _client = client;
        _certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
    }

    /// <summary>The client whose token goes with each event.</summary>
    public HallDriver Client => _client;

    public X509Certificate2 Certificate => _certificate;

    /// <summary>The event's bytes as a municipal system would write them.</summary>
    public static byte[] BytesOf(EventInput input) =>
        JsonSerializer.SerializeToUtf8Bytes(input, IntegrationJson.Options);

    /// <summary>A CMS over bytes: detached, or with them inside.</summary>
    public byte[] Sign(byte[] content, bool detached = true)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(_client.Time.GetUtcNow().UtcDateTime));
        var cms = new SignedCms(new ContentInfo(content), detached);
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    /// <summary>Signs an event and hands it in.</summary>
    public Task<HttpResponseMessage> SendAsync(EventInput input)
    {
        var body = BytesOf(input);
        return SendAsync(body, Sign(body));
    }

    /// <summary>Hands bytes in with a detached signature; null sends no signature.</summary>
    public Task<HttpResponseMessage> SendAsync(byte[] body, byte[]? signature, string mediaType = Structured) =>
        SendWithAsync(body, signature is null ? [] : [Convert.ToBase64String(signature)], mediaType);

    /// <summary>Hands bytes in with headers <c>Content-Signature</c> as they are given.</summary>
    public async Task<HttpResponseMessage> SendWithAsync(
        byte[] body,
        IReadOnlyList<string> signatures,
        string mediaType = Structured
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token ??= await _client.TokenAsync());
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        foreach (var signature in signatures)
        {
            request.Headers.TryAddWithoutValidation("Content-Signature", signature);
        }

        return await _client.Http.SendAsync(request);
    }

    /// <summary>Hands an event in and returns its receipt; fails when it is refused.</summary>
    public async Task<EventReceipt> AcceptedAsync(EventInput input)
    {
        using var answer = await SendAsync(input);
        return await ReceiptOfAsync(answer);
    }

    /// <summary>The receipt in an answer; fails when the event was refused.</summary>
    public static async Task<EventReceipt> ReceiptOfAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"HTTP {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
            );
        }

        return await answer.Content.ReadFromJsonAsync<EventReceipt>(IntegrationJson.AnswerOptions)
            ?? throw new InvalidOperationException("The receipt is null.");
    }

    /// <summary>What became of an event.</summary>
    /// <param name="receiptId">Its receipt.</param>
    /// <param name="cursor">The page of its history; null: the newest.</param>
    public async Task<EventResponse> ReadAsync(string receiptId, string? cursor = null)
    {
        using var answer = await _client.GetAsync(
            $"/v1/events/{receiptId}{(cursor is null ? "" : $"?cursor={cursor}")}"
        );
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<EventResponse>(IntegrationJson.AnswerOptions)
            ?? throw new InvalidOperationException("The answer is null.");
    }

    public void Dispose() => _certificate.Dispose();
}
