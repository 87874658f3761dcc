using System.CommandLine;
using Mempulse.Mutation;

var areas = new Argument<string[]>("AREA") { Description = "Promise mutants: names of files in tests/mutants, without .json. Generic mutants: storage, sim, chainstate, replay, canon. None means all.", Arity = ArgumentArity.ZeroOrMore };
var promises = new Option<bool>("--promises") { Description = "Run promise mutants only." };
var generic = new Option<bool>("--generic") { Description = "Run generic mutants only." };
var only = new Option<string[]>("--only") { Description = "Run the promise mutants with these ids.", AllowMultipleArgumentsPerToken = true };
var file = new Option<string[]>("--file") { Description = "Run generic mutants of these files: a glob from the project's folder, such as **/Trie*.cs.", AllowMultipleArgumentsPerToken = true };
var sample = new Option<int>("--sample") { Description = "Run the generic mutants of one member in N, the same each time. 1 means all.", HelpName = "N", DefaultValueFactory = _ => 1 };
var fresh = new Option<bool>("--fresh") { Description = "Run again what an earlier run has decided, although nothing it depends on has changed." };
var survivors = new Option<bool>("--survivors") { Description = "Run the promise mutants that were not killed when they were last tried." };
sample.Validators.Add(option =>
{
    if (option.GetValueOrDefault<int>() < 1)
    {
        option.AddError($"'{option.GetValueOrDefault<int>()}' is not a valid sample: expected at least 1.");
    }
});
var command = new RootCommand(
    "Puts small faults into a copy of the code, one at a time, and reports which of them the tests notice. Promise mutants are in tests/mutants; "
    + "generic mutants are those of Stryker.NET. An interrupted run continues where it was. Exit code 1: a promise mutant survived without a reason, or could not be run.")
{
    areas, promises, generic, only, survivors, file, sample, fresh,
};
command.Validators.Add(parsed =>
{
    if (parsed.GetValue(sample) > 1 && parsed.GetResult(file) is not null)
    {
        parsed.AddError("--sample chooses from all files of a project. Leave out --file.");
    }
});
command.SetAction((parsed, cancellationToken) => MutationRun.RunAsync(
    new MutationRequest(
        parsed.GetValue(areas) ?? [],
        parsed.GetValue(only) ?? [],
        parsed.GetValue(file) ?? [],
        parsed.GetValue(sample),
        Survivors: parsed.GetValue(survivors),
        Promises: !parsed.GetValue(generic) && (parsed.GetValue(file) ?? []).Length == 0 && parsed.GetValue(sample) == 1,
        Generic: !parsed.GetValue(promises) && !parsed.GetValue(survivors) && (parsed.GetValue(only) ?? []).Length == 0,
        Fresh: parsed.GetValue(fresh)),
    cancellationToken));
return await command.Parse(args).InvokeAsync(new InvocationConfiguration()).ConfigureAwait(false);
