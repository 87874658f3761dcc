using Mempulse.Node;
using Mempulse.Node.Starting;

var stopped = StopSignals.OfProcess(); // first, so that a signal at any time is a stop
return await NodeCommand.RunAsync(args, Console.Out, Console.Error, stopped);
