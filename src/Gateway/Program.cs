using Integration.Gateway;

return await GatewayRun.RunAsync(args);
