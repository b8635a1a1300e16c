using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Settings;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Protection;

public sealed class SqlitePersonalDataVaultTests : PersonalDataVaultTests<SqliteTestDatabase>;

public sealed class PostgresPersonalDataVaultTests : PersonalDataVaultTests<PostgresTestDatabase>;

/// <summary>Personal data at rest, on every engine.</summary>
public abstract class PersonalDataVaultTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private const string Name = "张三丰";
    private readonly TDatabase _database = new();
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _host = await ServiceHost.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_sealed_text_opens_and_does_not_show_what_it_holds()
    {
        var text = _host.Vault.Seal(Name);

        Assert.Equal(Name, _host.Vault.Open(text));
        Assert.Equal(-1, text.Ciphertext.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Name)));
        Assert.DoesNotContain(Name, text.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(text.Ciphertext, _host.Vault.Seal(Name).Ciphertext);
    }

    [Fact]
    public void A_keyed_digest_is_the_same_for_the_same_bytes_of_the_same_kind_only()
    {
        var bytes = Encoding.UTF8.GetBytes(Name);
        var digest = _host.Vault.DigestOf("request", bytes);

        Assert.Equal(32, digest.Length);
        Assert.Equal(digest, _host.Vault.DigestOf("request", bytes));
        Assert.NotEqual(digest, _host.Vault.DigestOf("other", bytes));
        Assert.NotEqual(digest, System.Security.Cryptography.SHA256.HashData(bytes));
    }

    [Fact]
    public void An_altered_text_does_not_open()
    {
        var bytes = _host.Vault.Seal(Name).Ciphertext;
        bytes[^1] ^= 1;

        Assert.Throws<PersonalDataUnreadableException>(() => _host.Vault.Open(ProtectedText.FromCiphertext(bytes)));
    }

    [Fact]
    public async Task After_a_restart_what_was_sealed_opens()
    {
        var text = _host.Vault.Seal(Name);
        await RestartAsync();

        Assert.Equal(Name, _host.Vault.Open(text));
    }

    [Fact]
    public async Task After_a_rotation_old_rows_open_and_new_rows_have_the_new_key()
    {
        var old = _host.Vault.Seal(Name);
        var now = TimeProvider.System.GetUtcNow();
        var key = _host.Get<IKeyManager>().CreateNewKey(now, now.AddDays(400));

        await UntilAsync(() => KeyOf(_host.Vault.Seal(Name)) == key.KeyId);

        Assert.NotEqual(key.KeyId, KeyOf(old));
        Assert.Equal(Name, _host.Vault.Open(old));
        Assert.Equal(Name, _host.Vault.Open(_host.Vault.Seal(Name)));
    }

    [Fact]
    public async Task What_was_sealed_with_a_revoked_key_does_not_open()
    {
        var text = _host.Vault.Seal(Name);
        _host.Get<IKeyManager>().RevokeKey(KeyOf(text), "test");

        await UntilAsync(() => KeyOf(_host.Vault.Seal(Name)) != KeyOf(text));

        var failure = Assert.Throws<PersonalDataUnreadableException>(() => _host.Vault.Open(text));
        Assert.Contains("revoked", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sealed_with_a_lost_key_does_not_open()
    {
        var text = _host.Vault.Seal(Name);
        await using (var db = _host.Db())
        {
            await db.DataProtectionKeys.ExecuteDeleteAsync();
        }

        await RestartAsync();

        Assert.Throws<PersonalDataUnreadableException>(() => _host.Vault.Open(text));
    }

    [Fact]
    public async Task Keys_wrapped_for_an_older_certificate_still_open()
    {
        var text = _host.Vault.Seal(Name);
        var older = TestKeys.CertificateReference(_database.Folder, "protection");

        await RestartAsync(
            ("Gateway:Protection:Certificate", TestKeys.CertificateReference(_database.Folder, "renewed")),
            ("Gateway:Protection:OlderCertificates:0", older)
        );

        Assert.Equal(Name, _host.Vault.Open(text));
    }

    [Fact]
    public async Task With_a_certificate_that_opens_no_data_key_the_gateway_does_not_start_names_each_and_makes_none()
    {
        _host.Vault.Seal(Name);
        var now = TimeProvider.System.GetUtcNow();
        _host.Get<IKeyManager>().CreateNewKey(now, now.AddDays(400));
        var stored = await KeysAsync();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() =>
            AnotherAsync(("Gateway:Protection:Certificate", TestKeys.CertificateReference(_database.Folder, "other")))
        );

        Assert.Equal(2, stored.Count);
        Assert.All(
            stored,
            key =>
                Assert.Contains(refused.Faults, fault => fault.Contains(key["key-".Length..], StringComparison.Ordinal))
        );
        await RestartAsync();
        Assert.Equal(stored, await KeysAsync());
    }

    [Fact]
    public async Task One_data_key_of_several_that_does_not_open_is_refused_too()
    {
        _host.Vault.Seal(Name);
        var older = TestKeys.CertificateReference(_database.Folder, "protection");
        var renewed = TestKeys.CertificateReference(_database.Folder, "renewed");
        await RestartAsync(
            ("Gateway:Protection:Certificate", renewed),
            ("Gateway:Protection:OlderCertificates:0", older)
        );
        var now = TimeProvider.System.GetUtcNow();
        var key = _host.Get<IKeyManager>().CreateNewKey(now, now.AddDays(400));

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => AnotherAsync());

        Assert.Contains($"{key.KeyId:D}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("OlderCertificates", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_data_key_needs_no_certificate()
    {
        var text = _host.Vault.Seal(Name);
        _host.Get<IKeyManager>().RevokeKey(KeyOf(text), "test");

        await RestartAsync(
            ("Gateway:Protection:Certificate", TestKeys.CertificateReference(_database.Folder, "other"))
        );
    }

    [Fact]
    public async Task With_another_look_up_key_the_gateway_does_not_start()
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() =>
            AnotherAsync(("Gateway:Protection:LookupKey", TestKeys.RandomReference(_database.Folder, "other-lookup")))
        );

        Assert.Contains("Gateway:Protection:LookupKey", refused.Message, StringComparison.Ordinal);
        await RestartAsync();
    }

    [Fact]
    public async Task A_data_key_that_does_not_open_any_more_makes_the_gateway_unready()
    {
        _host.Vault.Seal(Name);
        var check = ActivatorUtilities.CreateInstance<KeysCheck>(_host.App.Services);
        Assert.NotEqual(HealthStatus.Unhealthy, (await check.CheckHealthAsync(new HealthCheckContext())).Status);
        await using (var db = _host.Db())
        {
            var row = await db.DataProtectionKeys.FirstAsync(stored => stored.FriendlyName!.StartsWith("key-"));
            var key = XElement.Parse(row.Xml!);
            key.Descendants("cms").Single().Value = "AAAA";
            row.Xml = key.ToString();
            await db.SaveChangesAsync();
        }

        var found = await check.CheckHealthAsync(new HealthCheckContext());

        Assert.Equal(HealthStatus.Unhealthy, found.Status);
        Assert.Contains("the data key", found.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_key_is_stored_in_the_clear()
    {
        _host.Vault.Seal(Name);
        await using var db = _host.Db();

        var keys = await db
            .DataProtectionKeys.Where(key => key.FriendlyName != KeyRing.LookupCheck)
            .Select(key => key.Xml)
            .ToListAsync();

        Assert.NotEmpty(keys);
        Assert.All(keys, xml => Assert.Contains("<cms", xml, StringComparison.Ordinal));
        Assert.All(keys, xml => Assert.DoesNotContain("<value>", xml, StringComparison.Ordinal));
        Assert.All(keys, xml => Assert.Contains("AES_256_GCM", xml, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_marked_field_of_a_document_is_sealed_and_the_rest_is_readable()
    {
        var request = new ApplicationRequest
        {
            CaseId = "HALL-1",
            Applicant = new ApplicantInput
            {
                Person = new PersonInput { Name = Name, IdNumber = "421022197001010112" },
            },
            Premises = new PremisesInput { Address = "斗湖堤镇1号", Tenure = Tenure.Owner },
            CapacityKw = 8,
        };

        var document = _host.Vault.SealJson(request);

        using var json = JsonDocument.Parse(document.Json);
        var stored = json.RootElement.GetProperty("document");
        Assert.Equal("HALL-1", stored.GetProperty("caseId").GetString());
        Assert.Equal("owner", stored.GetProperty("premises").GetProperty("tenure").GetString());
        Assert.DoesNotContain("421022197001010112", document.Json, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Name,
            stored.GetProperty("applicant").GetProperty("person").GetProperty("name").GetString()!,
            StringComparison.Ordinal
        );
        Assert.Equal(JsonValueKind.Null, stored.GetProperty("account").ValueKind);
        Assert.Equal(request, _host.Vault.OpenJson<ApplicationRequest>(document));
    }

    [Fact]
    public void A_field_moved_to_another_place_of_a_document_does_not_open()
    {
        var document = _host.Vault.SealJson(new PersonInput { Name = Name, IdNumber = "421022197001010112" });
        var json = JsonNode.Parse(document.Json)!;
        var (name, number) = ((string)json["document"]!["name"]!, (string)json["document"]!["idNumber"]!);
        json["document"]!["name"] = number;
        json["document"]!["idNumber"] = name;

        Assert.Throws<PersonalDataUnreadableException>(() =>
            _host.Vault.OpenJson<PersonInput>(ProtectedJson.FromSealed(json.ToJsonString()))
        );
    }

    [Fact]
    public void A_document_of_an_unknown_key_does_not_open()
    {
        var lost = ProtectedText.FromCiphertext(new byte[100]);
        var json = JsonNode.Parse(_host.Vault.SealJson(new PersonInput { Name = Name }).Json)!;
        json["key"] = Base64Url.EncodeToString(lost.Ciphertext);

        Assert.Throws<PersonalDataUnreadableException>(() =>
            _host.Vault.OpenJson<PersonInput>(ProtectedJson.FromSealed(json.ToJsonString()))
        );
    }

    [Fact]
    public void Equal_values_have_equal_hashes_only_within_a_kind_and_under_one_key()
    {
        var vault = _host.Vault;
        var hash = vault.HashOf("resident-id", "421022197001010112");

        Assert.Equal(hash, vault.HashOf("resident-id", "421022197001010112"));
        Assert.NotEqual(hash, vault.HashOf("credit-code", "421022197001010112"));
        Assert.NotEqual(hash, vault.HashOf("resident-id", "421022197001010113"));
        Assert.Equal(43, hash.Value.Length);
    }

    [Fact]
    public async Task Under_another_key_the_hash_is_another()
    {
        var hash = _host.Vault.HashOf("resident-id", "421022197001010112");
        await using (var db = _host.Db())
        {
            await db.DataProtectionKeys.Where(key => key.FriendlyName == KeyRing.LookupCheck).ExecuteDeleteAsync();
        }

        await RestartAsync(
            ("Gateway:Protection:LookupKey", TestKeys.RandomReference(_database.Folder, "other-lookup"))
        );

        Assert.NotEqual(hash, _host.Vault.HashOf("resident-id", "421022197001010112"));
    }

    [Fact]
    public async Task Without_its_keys_the_gateway_does_not_start_and_says_all_that_is_wrong()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ServiceHost.StartAsync(
                _database,
                [
                    new("Gateway:Protection:Certificate", "file:absent.pem"),
                    new("Gateway:Protection:LookupKey", "c2hvcnQ="),
                    new("Gateway:Protection:KeyDays", "1"),
                ]
            )
        );

        Assert.Equal(3, failure.Failures.Count());
    }

    private async Task<List<string>> KeysAsync()
    {
        await using var db = _host.Db();
        return await db
            .DataProtectionKeys.Where(key => key.FriendlyName != KeyRing.LookupCheck)
            .OrderBy(key => key.Id)
            .Select(key => key.FriendlyName!)
            .ToListAsync();
    }

    /// <summary>The key ring is read again beside the work: a change is in force a moment later.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>The id of the key stands after the four bytes of the format.</summary>
    private static Guid KeyOf(ProtectedText text) => new(text.Ciphertext.AsSpan(4, 16));

    private async Task RestartAsync(params (string Key, string Value)[] settings)
    {
        await _host.DisposeAsync();
        _host = await AnotherAsync(settings);
    }

    private Task<ServiceHost> AnotherAsync(params (string Key, string Value)[] settings) =>
        ServiceHost.StartAsync(
            _database,
            settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))
        );
}
