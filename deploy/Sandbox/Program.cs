using Integration.Sandbox;

if (!SandboxOptions.TryRead(args, out var settings, out var message))
{
    await Console.Error.WriteLineAsync(message);
    return 2;
}

try
{
    await using var app = SandboxApp.Create(settings);
    await app.StartAsync();
    await Console.Out.WriteLineAsync($"Sandbox agencies on {string.Join(", ", app.Urls)}; stop with Ctrl-C.");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (IOException failure)
{
    await Console.Error.WriteLineAsync($"The sandbox could not start: {failure.Message}");
    return 1;
}
