using Integration.Try;

return await TryCommand.Run(args);
