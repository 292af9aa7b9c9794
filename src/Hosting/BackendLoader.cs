using System.Reflection;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal.Hosting;

/// <summary>Loads one plugin into a context of its own and gets its backend.</summary>
internal static class BackendLoader
{
    // What host and plugin must mean the same by; everything else a plugin brings is its own affair.
    private static readonly Type[] _shared = [typeof(IBackendPlugin), typeof(IServiceCollection), typeof(IConfiguration)];

    // The kernels too, where the program has them: a backend recognises a kernel by its type, so that has to be the type
    // that the algorithm runs. By name, because hosting plugins takes no kernel.
    private static readonly AssemblyName? _kernels = InThisProgram("NeuroHal.Kernels");

    public static IBackend Load(FoundPlugin plugin, IConfiguration section)
    {
        string id = plugin.Manifest.Id;
        string before = PluginDigest.Of(plugin.Folder);
        try
        {
            IBackend backend = Load(plugin, id, section);
            RequireSameFiles(plugin, before);
            return backend;
        }
        catch (BadPluginException)
        {
            RequireSameFiles(plugin, before);
            throw;
        }
    }

    private static IBackend Load(FoundPlugin plugin, string id, IConfiguration section)
    {
        try
        {
            IBackend backend = Backend(Entry(plugin), section);
            return backend.Id == id
                ? backend
                : throw new BadPluginException($"Plugin '{id}' brings a backend called '{backend.Id}'; the ids must be the same.");
        }
        catch (TargetInvocationException e)
        {
            throw new BadPluginException($"Plugin '{id}': its constructor failed: {e.InnerException!.Message}", e);
        }
        catch (Exception e) when (e is not NeuroHalException)
        {
            // Whatever a stranger's code throws while it is set up is that plugin's problem, never the program's end.
            throw new BadPluginException($"Plugin '{id}' ({plugin.EntryPath}): {FirstLine(e)}", e);
        }
    }

    private static IBackendPlugin Entry(FoundPlugin plugin)
    {
        // Not unloadable: in collectible contexts the JIT leaves out tiering and profile-guided optimisation.
        var loader = PluginLoader.CreateFromAssemblyFile(plugin.EntryPath, isUnloadable: false, _shared, Share);
        Assembly entry = loader.LoadDefaultAssembly();
        LoadDependencies(loader, plugin);
        Type[] entries =
        [
            .. entry.GetExportedTypes()
                .Where(t => typeof(IBackendPlugin).IsAssignableFrom(t) && !t.IsAbstract),
        ];
        return entries.Length == 1
            ? (IBackendPlugin)Activator.CreateInstance(entries[0])!
            : throw new BadPluginException(
                $"Plugin '{plugin.Manifest.Id}': {plugin.EntryPath} has {entries.Length} public classes that implement "
                + $"{nameof(IBackendPlugin)}; it must have one.");
    }

    /// <summary>
    /// Loads what the plugin brings along now rather than when it is first used: by then the folder may have been rebuilt, and the
    /// process would run the code of two builds.
    /// </summary>
    private static void LoadDependencies(PluginLoader loader, FoundPlugin plugin)
    {
        foreach (string file in Directory.EnumerateFiles(plugin.Folder, "*.dll").Order(StringComparer.Ordinal))
        {
            try
            {
                loader.LoadAssembly(AssemblyName.GetAssemblyName(file));
            }
            catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException)
            {
                // Native, or of no use here: who needs it will be told so.
            }
        }
    }

    /// <summary>What was loaded while files changed may be of two builds.</summary>
    private static void RequireSameFiles(FoundPlugin plugin, string before)
    {
        if (PluginDigest.Of(plugin.Folder) != before)
        {
            throw new BadPluginException(
                $"Plugin '{plugin.Manifest.Id}': the files in {plugin.Folder} changed while they were loaded; try again once it is built.");
        }
    }

    private static void Share(PluginConfig config)
    {
        if (_kernels is not null)
        {
            config.SharedAssemblies.Add(_kernels);
        }
    }

    private static AssemblyName? InThisProgram(string name)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name)).GetName();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static IBackend Backend(IBackendPlugin entry, IConfiguration section)
    {
        var services = new ServiceCollection();
        entry.Register(services, section);
        return services.BuildServiceProvider().GetService<IBackend>()
            ?? throw new BadPluginException($"{entry.GetType().FullName} registers no {nameof(IBackend)}.");
    }

    private static string FirstLine(Exception e) =>
        e is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? FirstLine(first) : e.Message.Split('\n')[0].Trim();
}
