using System.Text.Json.Nodes;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Callers;

public sealed class CallersFileTests
{
    [Fact]
    public void Every_fault_is_listed_at_once_with_its_pointer()
    {
        const string file = """
            {
              "clients": [
                { "id": "hall", "kind": "hall", "enabled": true, "require": "token", "secret": "plain-text-secret-in-the-file" },
                { "id": "hall", "kind": "hal", "enabled": "yes", "require": "both", "secret": "env:NOT_SET_ANYWHERE", "colour": "red" },
                { "id": "Gas Works", "kind": "utility", "enabled": true, "enabled": false, "require": "token",
                  "publicKeys": { "keys": [ { "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "d": "AA" }, { "kty": "RSA", "crv": "P-521", "x": "", "y": 1 } ] } },
                { "id": "water", "kind": "utility", "utility": "steam", "enabled": true, "require": "certificate", "certificates": ["abc"] },
                7
              ],
              "grants": [
                { "id": "g", "client": "nobody", "service": "identity", "purposes": ["sell"], "fields": ["name", "salary", "name"],
                  "validFrom": "2026-02-30", "validUntil": "2026-12-31", "approvalNumber": "" },
                { "id": "g", "client": "hall", "service": "tax", "purposes": [], "fields": "name",
                  "validFrom": "2026-03-01", "validUntil": "2026-02-01" }
              ],
              "grants": []
            }
            """;

        Assert.Equal(
            [
                "/clients/0/secret secret",
                "/clients/1/colour unknown-member",
                "/clients/1/enabled wrong-type",
                "/clients/1/id duplicate",
                "/clients/1/kind unknown-value",
                "/clients/1/require contradiction",
                "/clients/1/secret secret",
                "/clients/2/enabled duplicate-key",
                "/clients/2/id character",
                "/clients/2/publicKeys/keys/0/d unknown-member",
                "/clients/2/publicKeys/keys/0/x key",
                "/clients/2/publicKeys/keys/1/crv unknown-value",
                "/clients/2/publicKeys/keys/1/kty unknown-value",
                "/clients/2/publicKeys/keys/1/x length",
                "/clients/2/publicKeys/keys/1/y wrong-type",
                "/clients/2/utility contradiction",
                "/clients/3/certificates/0 unknown-value",
                "/clients/3/require contradiction",
                "/clients/3/utility unknown-value",
                "/clients/4 wrong-type",
                "/grants duplicate-key",
                "/grants/0/approvalNumber length",
                "/grants/0/client unknown-value",
                "/grants/0/fields/1 unknown-value",
                "/grants/0/fields/2 duplicate",
                "/grants/0/purposes/0 unknown-value",
                "/grants/0/validFrom bad-date",
                "/grants/1/approvalNumber missing",
                "/grants/1/fields wrong-type",
                "/grants/1/id duplicate",
                "/grants/1/service unknown-value",
                "/grants/1/validUntil contradiction",
            ],
            Faults(file)
        );
    }

    [Theory]
    [InlineData("""{ "clients": [] }""", "/grants missing")]
    [InlineData("""{ "grants": [] }""", "/clients missing")]
    [InlineData("""{ "clients": [], "grants": null }""", "/grants wrong-type")]
    [InlineData("""[]""", " wrong-type")]
    [InlineData("""{ "clients": [], "grants": [], }""", " syntax")]
    [InlineData("""{ "clients": [], "grants": [] } {}""", " trailing-data")]
    [InlineData("""{ "clients": [ { "id": "\ud800" } ], "grants": [] }""", "/clients/0/id broken-text")]
    [InlineData("", " syntax")]
    public void A_missing_section_or_broken_JSON_is_refused(string file, string fault) =>
        Assert.Contains(fault, Faults(file));

    [Theory]
    [InlineData("secret")]
    [InlineData("utility")]
    [InlineData("publicKeys")]
    [InlineData("certificates")]
    [InlineData("limits")]
    public void A_member_may_be_absent_and_is_never_null(string member)
    {
        using var setup = new CallersFileBuilder();
        var file = setup.NewFile();
        file["clients"]![0]![member] = null;

        Assert.Contains($"/clients/0/{member} wrong-type", Faults(file.ToJsonString()));
    }

    [Fact]
    public void Digits_of_a_thumbprint_are_no_number_of_a_person()
    {
        using var setup = new CallersFileBuilder();
        var file = setup.NewFile();
        file["clients"]![0]!["certificates"] = new JsonArray(
            $"11010519491231002X{new string('0', 46)}".Replace('X', '0')
        );
        file["grants"]![0]!["approvalNumber"] = "11010519491231002X";

        Assert.Empty(Faults(file.ToJsonString()));
    }

    [Fact]
    public void No_fault_repeats_a_secret()
    {
        const string file = """
            { "clients": [ { "id": "hall", "kind": "hall", "enabled": true, "require": "token", "secret": "plain-text-secret-in-the-file" } ], "grants": [] }
            """;

        var (_, faults) = Read(file);

        Assert.DoesNotContain(faults, fault => fault.ToString().Contains("plain-text", StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_that_can_be_guessed_is_refused()
    {
        using var setup = new CallersFileBuilder();
        File.WriteAllText(setup.PathOf("hall.secret"), "short");

        Assert.Equal(["/clients/0/secret length"], Faults(setup.NewFile().ToJsonString()));
    }

    [Theory]
    [InlineData("pbkdf2-sha256:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256:100000:AA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256:100000:AAAAAAAAAAAAAAAAAAAAAA==:AA==")]
    [InlineData("pbkdf2-sha256:100000")]
    [InlineData("pbkdf2-sha256:99999999999:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_weak_or_malformed_hash_is_refused(string hash)
    {
        using var setup = new CallersFileBuilder();
        var file = setup.NewFile();
        file["clients"]![0]!["secret"] = hash;

        Assert.Equal(["/clients/0/secret hash"], Faults(file.ToJsonString()));
    }

    [Fact]
    public void A_certificate_belongs_to_one_client_only()
    {
        using var setup = new CallersFileBuilder();
        var (one, two) = (setup.Client("one"), setup.Client("two"));
        one["certificates"] = new JsonArray(new string('a', 64));
        two["certificates"] = new JsonArray(new string('A', 64));
        var file = new JsonObject { ["clients"] = new JsonArray(one, two), ["grants"] = new JsonArray() };

        Assert.Equal(["/clients/1/certificates duplicate"], Faults(file.ToJsonString()));
    }

    [Fact]
    public void A_grant_of_cases_names_the_owners_it_reaches()
    {
        using var setup = new CallersFileBuilder();

        var (snapshot, _) = Read(FileWithOwners(setup, "cases", new JsonArray("hall-2")).ToJsonString());
        var (without, _) = Read(FileWithOwners(setup, "cases", owners: null).ToJsonString());

        Assert.Equal(["hall-2"], snapshot!.Grants.Single().Owners);
        Assert.Empty(without!.Grants.Single().Owners);
        Assert.Contains("~g-1", CallersChanges.Between(without, snapshot).Grants, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "cases",
        """["nobody","hall-2","hall-2",7]""",
        "/grants/0/owners/0 unknown-value",
        "/grants/0/owners/2 duplicate",
        "/grants/0/owners/3 wrong-type"
    )]
    [InlineData("cases", "\"hall-2\"", "/grants/0/owners wrong-type")]
    [InlineData("applications", """["hall-2"]""", "/grants/0/owners unknown-member")]
    [InlineData("applications", "[]", "/grants/0/owners unknown-member")]
    public void Every_wrong_owner_is_named(string service, string owners, params string[] faults)
    {
        using var setup = new CallersFileBuilder();

        Assert.Equal(faults, Faults(FileWithOwners(setup, service, JsonNode.Parse(owners)).ToJsonString()));
    }

    private static JsonObject FileWithOwners(CallersFileBuilder setup, string service, JsonNode? owners)
    {
        var file = setup.NewFile();
        file["clients"]!.AsArray().Add(setup.Client("hall-2"));
        var grant = file["grants"]![0]!.AsObject();
        (grant["service"], grant["fields"]) = (service, new JsonArray());
        if (owners is not null)
        {
            grant["owners"] = owners;
        }

        return file;
    }

    [Fact]
    public void A_validity_covers_its_first_and_its_last_day_in_China()
    {
        using var setup = new CallersFileBuilder();

        var (snapshot, _) = Read(setup.NewFile().ToJsonString());
        var grant = snapshot!.Grants.Single();

        Assert.False(grant.IsValidAt(DateTimeOffset.Parse("2025-12-31T23:59:59+08:00")));
        Assert.True(grant.IsValidAt(DateTimeOffset.Parse("2026-01-01T00:00:00+08:00")));
        Assert.True(grant.IsValidAt(DateTimeOffset.Parse("2026-12-31T23:59:59+08:00")));
        Assert.False(grant.IsValidAt(DateTimeOffset.Parse("2027-01-01T00:00:00+08:00")));
    }

    [Fact]
    public async Task The_host_does_not_start_with_a_wrong_file_and_says_all_that_is_wrong()
    {
        var setup = new CallersFileBuilder().Write(file =>
        {
            file["clients"]![0]!["kind"] = "hal";
            file["grants"]![0]!["service"] = "tax";
        });

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => CallersDriver.StartAsync(setup));

        Assert.Contains("/clients/0/kind", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("/grants/0/service", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway:Callers", null, "Gateway:Callers")]
    [InlineData("Gateway:Callers", "no-such-file.json", "file")]
    [InlineData("Gateway:Tokens:SigningKey", null, "SigningKey")]
    [InlineData("Gateway:Tokens:SigningKey", "file:no-such-key.pem", "SigningKey")]
    [InlineData("Gateway:Tokens:SigningKey", "env:PATH", "SigningKey")]
    [InlineData("Gateway:Tokens:Issuer", null, "Issuer")]
    [InlineData("Gateway:Tokens:Issuer", "ftp://gateway.test/", "Issuer")]
    [InlineData("Gateway:Tokens:Audience", " ", "Audience")]
    [InlineData("Gateway:Tokens:Lifetime", "1.00:00:00", "Lifetime")]
    [InlineData("Gateway:Certificates:Require", "true", "Require")]
    public async Task The_host_does_not_start_with_a_wrong_setting(string key, string? value, string named)
    {
        var setup = new CallersFileBuilder().Write(_ => { });
        setup.Extra[key] = value;

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => CallersDriver.StartAsync(setup));

        Assert.True(refusal is OptionsValidationException or InvalidOperationException, refusal.ToString());
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_does_not_start_with_a_signing_key_on_another_curve()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP384
        );
        var setup = new CallersFileBuilder().Write(_ => { });
        await File.WriteAllTextAsync(
            setup.PathOf("signing.pem"),
            key.ExportPkcs8PrivateKeyPem(),
            TestContext.Current.CancellationToken
        );

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => CallersDriver.StartAsync(setup));

        Assert.Contains("P-256", refusal.Message, StringComparison.Ordinal);
    }

    private static (CallersSnapshot? Snapshot, IReadOnlyList<Integration.Contracts.Problems.FieldFault> Faults) Read(
        string file
    ) => CallersFile.Read(System.Text.Encoding.UTF8.GetBytes(file), ServiceFields.Vocabulary);

    internal static IEnumerable<string> Faults(string file) =>
        Read(file).Faults.Select(fault => $"{fault.Pointer} {fault.Code}").Order(StringComparer.Ordinal);
}
