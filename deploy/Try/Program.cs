using Integration.Try;

return await TryCommand.RunAsync(args);
