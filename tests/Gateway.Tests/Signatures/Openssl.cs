using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>The program <c>openssl</c> over files of a directory of its own.</summary>
internal sealed class Openssl : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openssl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public void Put(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder, name), bytes);

    public string PathOf(string name) => Path.Combine(_folder, name);

    public byte[] Get(string name) => File.ReadAllBytes(PathOf(name));

    /// <summary>Puts <c>name.pem</c> and, where there is one, <c>name.key</c>.</summary>
    public void Put(string name, X509Certificate2 certificate)
    {
        File.WriteAllText(Path.Combine(_folder, $"{name}.pem"), certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey() ?? (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey();
        if (key is not null)
        {
            File.WriteAllText(Path.Combine(_folder, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        }
    }

    /// <summary>Signs <c>content</c> as <c>signer</c>: the command that docs/spec/signatures.md gives, and further options.</summary>
    public byte[] Sign(byte[] content, params string[] options)
    {
        Put("content", content);
        var (code, output) = Run([
            .. "cms -sign -binary -in content -signer signer.pem -inkey signer.key -outform DER -out cms".Split(' '),
            .. options,
        ]);
        return code == 0 ? Get("cms") : throw new InvalidOperationException(output);
    }

    public (int Code, string Output) Run(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("openssl", arguments)
            {
                WorkingDirectory = _folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
