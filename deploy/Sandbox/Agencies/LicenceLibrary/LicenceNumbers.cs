namespace Integration.Sandbox.Agencies.LicenceLibrary;

/// <summary>Electronic licence identifiers with a right check character (ISO 7064 MOD 37,36).</summary>
internal static class LicenceNumbers
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int Modulus = 36;

    public static string Create(string type, string issuer, string serial) =>
        $"1.2.156.3005.2.{type}.{issuer}.{serial}.001.{Check(type + issuer + serial + "001")}";

    private static char Check(string text)
    {
        var product = Modulus;
        foreach (var c in text)
        {
            var sum = (product + Alphabet.IndexOf(c, StringComparison.Ordinal)) % Modulus;
            product = (sum == 0 ? Modulus : sum) * 2 % (Modulus + 1);
        }

        return Alphabet[(Modulus + 1 - product) % Modulus];
    }
}
