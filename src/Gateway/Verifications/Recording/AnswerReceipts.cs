using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Verifications.Recording;

/// <summary>Signs answers: the bytes signed are the answer's own JSON with an empty signature in its receipt.</summary>
internal sealed class AnswerReceipts(TimeProvider time) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public VerificationAnswer Sign(Func<Receipt, VerificationAnswer> answer) => Signed(answer);

    public ApplicationAnswer Sign(Func<Receipt, ApplicationAnswer> answer) => Signed(answer);

    public void Dispose() => _key.Dispose();

    private T Signed<T>(Func<Receipt, T> answer)
    {
        var receipt = new Receipt { Id = Identifiers.New("rcp", time), Signature = string.Empty };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer(receipt), ApiJson.Of<T>());
        var signature = _key.SignData(
            bytes,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
        return answer(receipt with { Signature = Convert.ToBase64String(signature) });
    }
}
