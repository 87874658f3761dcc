using Mempulse.Cli;
using Mempulse.Cli.Terminals;

var interrupted = Interruption.OfProcess(); // first, so that no signal ends the process without a sentence
return await CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System, interrupted).ConfigureAwait(false);
