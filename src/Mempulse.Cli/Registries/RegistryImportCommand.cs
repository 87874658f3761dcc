using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Cli.Descriptors;
using Mempulse.Features.Registry;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Registries;

/// <summary><c>mempulse registry import PATH... --out FILE [--into REGISTRY]</c>: adds descriptors of ERC-7730 to a registry.</summary>
internal static class RegistryImportCommand
{
    public static Command Build(CommandContext context)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Descriptors of ERC-7730, or folders of them. A descriptor includes files of its folder alone.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "The registry file to write; it must not exist.", Required = true };
        var into = new Option<string?>("--into") { Description = "The registry that the descriptors are added to; the shipped one by default." };
        var command = new Command("import", "Add descriptors of ERC-7730 to a registry.") { paths, output, into };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(output);
            if (Path.Exists(file))
            {
                throw new UsageException($"Cannot write {file}: it exists. Name another file.");
            }

            var registry = RegistryFile.Read(parsed.GetValue(into) ?? RegistryFile.Shipped);
            var merge = new RegistryMerge(registry.Content, RegistryReader.ReadContent(registry.Content));
            int descriptors = 0;
            foreach (string path in parsed.GetRequiredValue(paths))
            {
                descriptors += Add(path, merge);
            }

            byte[] json = merge.ToJson();
            var written = Checked(json);
            using (var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(json);
            }

            context.Write(parsed, text => WriteText(text, merge, descriptors, file, written), () => ToJson(merge, descriptors, written));
            return ExitCode.Good;
        });
        return command;
    }

    /// <summary>Adds a descriptor, or those of a folder that describe calls.</summary>
    /// <returns>The number of descriptors.</returns>
    private static int Add(string path, RegistryMerge merge)
    {
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path))
        {
            throw new UsageException($"Cannot import {path}: it is neither a file nor a folder.");
        }

        var folder = new DescriptorFolder(isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!);
        var source = new DescriptorSource(folder);
        int count = 0;
        foreach (string name in isFolder ? folder.List() : [Path.GetFileName(path)])
        {
            if (Descriptor.Read(name, source.Read(name)) is { } descriptor)
            {
                merge.Add(descriptor);
                count++;
            }
        }

        return count;
    }

    private static ContractRegistry Checked(byte[] json)
    {
        try
        {
            return RegistryReader.Read(json);
        }
        catch (RegistryException e)
        {
            throw new DescriptorException($"The descriptors do not fit into the registry: {e.Message}", e);
        }
    }

    private static void WriteText(TextWriter output, RegistryMerge merge, int descriptors, string file, ContractRegistry written)
    {
        foreach (var one in merge.Skipped)
        {
            output.WriteLine($"skipped  {one.File} {one.Entry}: {one.Reason}");
        }

        output.WriteLine($"{descriptors} descriptors: {merge.FunctionCount} functions for {merge.ContractCount} contracts, {merge.Skipped.Count} entries skipped");
        output.WriteLine($"wrote {file}, version {written.ContentHash}");
    }

    private static JsonObject ToJson(RegistryMerge merge, int descriptors, ContractRegistry written) => new()
    {
        ["descriptors"] = descriptors,
        ["functions"] = merge.FunctionCount,
        ["contracts"] = merge.ContractCount,
        ["skipped"] = new JsonArray([.. merge.Skipped.Select(static one => new JsonObject { ["file"] = one.File, ["entry"] = one.Entry, ["reason"] = one.Reason })]),
        ["version"] = written.ContentHash.ToString(),
    };
}
