using Mempulse.Cli;
using Mempulse.Cli.Terminals;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
