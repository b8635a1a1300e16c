using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Integration.Contracts.V1.Events;
using Integration.Try.Setup;

namespace Integration.Try.Scenario;

/// <summary>A municipal system: signs the bytes of an event with its PEM certificate and key, and pushes them.</summary>
internal sealed class MunicipalSystem(EventSource source, ApiClient api)
{
    public string Name => source.Source;

    public async Task<EventReceipt> PushAsync(byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events");
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        request.Headers.Add("Content-Signature", Convert.ToBase64String(Sign(content)));
        return await api.SendAsync<EventReceipt>(request);
    }

    public Task<EventResponse> WhatBecameOfAsync(EventReceipt receipt) =>
        api.GetAsync<EventResponse>($"/v1/events/{receipt.ReceiptId}");

    /// <summary>What <c>openssl cms -sign -binary -outform DER -signer CERTIFICATE -inkey KEY</c> makes.</summary>
    private byte[] Sign(byte[] content)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(source.Certificate, source.Key);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        // Without an attribute of ours .NET would sign none, and the gateway asks for them.
        signer.SignedAttributes.Add(new Pkcs9SigningTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        cms.ComputeSignature(signer);
        return cms.Encode();
    }
}
