using Mempulse.Node;

return await NodeCommand.RunAsync(args, Console.Out, Console.Error);
