using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Sandbox;

/// <summary>What each agency handed to the gateway's operators. Never in the tree: generated, or read from a file.</summary>
internal sealed record SandboxCredentials
{
    public required string ExchangeRid { get; init; }

    /// <summary>32 lower hex digits, used as text.</summary>
    public required string ExchangeAppKey { get; init; }

    public required string PopulationUser { get; init; }

    public required string PopulationPassword { get; init; }

    public required string BusinessLicenceAuthCode { get; init; }

    public required string RealEstateUser { get; init; }

    public required string RealEstatePassword { get; init; }

    public required string LibraryAccessId { get; init; }

    public required string LibraryAccessToken { get; init; }

    public required string GridPaasId { get; init; }

    public required string GridToken { get; init; }

    public required string ProjectClientId { get; init; }

    public required string ProjectClientSecret { get; init; }

    public required string MunicipalClientId { get; init; }

    public required string MunicipalClientSecret { get; init; }

    /// <summary>Dialect <c>gateway</c>.</summary>
    public required string ElectricityAppId { get; init; }

    /// <summary>Dialect <c>gateway</c>; 32 lower hex digits, used as text.</summary>
    public required string ElectricityAppKey { get; init; }

    /// <summary>Dialect <c>irs</c>.</summary>
    public required string ElectricityIrsAppKey { get; init; }

    /// <summary>Dialect <c>irs</c>.</summary>
    public required string ElectricityIrsAppSecret { get; init; }

    public required string WaterClientId { get; init; }

    public required string WaterClientSecret { get; init; }

    public required string GasPaasId { get; init; }

    public required string GasToken { get; init; }

    public required string TelevisionUser { get; init; }

    public required string TelevisionPassword { get; init; }

    public static SandboxCredentials Generate() =>
        new()
        {
            ExchangeRid = "TRY-RID-0001@integration",
            ExchangeAppKey = Fresh(),
            PopulationUser = "integration",
            PopulationPassword = Fresh(),
            BusinessLicenceAuthCode = Fresh(),
            RealEstateUser = "integration",
            RealEstatePassword = Fresh(),
            LibraryAccessId = "integration",
            LibraryAccessToken = Fresh(),
            GridPaasId = "integration",
            GridToken = Fresh(),
            ProjectClientId = "integration",
            ProjectClientSecret = Fresh(),
            MunicipalClientId = "integration",
            MunicipalClientSecret = Fresh(),
            ElectricityAppId = "integration",
            ElectricityAppKey = Fresh(),
            ElectricityIrsAppKey = "integration",
            ElectricityIrsAppSecret = Fresh(),
            WaterClientId = "integration",
            WaterClientSecret = Fresh(),
            GasPaasId = "integration",
            GasToken = Fresh(),
            TelevisionUser = "integration",
            TelevisionPassword = Fresh(),
        };

    /// <summary>Reads the file; writes a generated set first when it does not exist.</summary>
    public static SandboxCredentials LoadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            Write(file, JsonSerializer.SerializeToUtf8Bytes(Generate(), CredentialsJson.Default.SandboxCredentials));
        }

        return JsonSerializer.Deserialize(File.ReadAllBytes(file), CredentialsJson.Default.SandboxCredentials)
            ?? throw new JsonException($"The credentials file {Path.GetFileName(file)} holds null.");
    }

    /// <inheritdoc />
    public override string ToString() => nameof(SandboxCredentials);

    private static string Fresh() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static void Write(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(content);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SandboxCredentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
