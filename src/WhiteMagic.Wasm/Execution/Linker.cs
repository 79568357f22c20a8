using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>Gives an instance what its module imports, when it is allowed and of the type asked for.</summary>
internal sealed unsafe class Linker(WasmInstance instance, WasmImports imports)
{
    /// <summary>The memory that is imported, if any.</summary>
    internal Memory? Memory { get; private set; }

    internal void Link()
    {
        foreach (Import import in instance.Module.Imports)
        {
            object allowed = imports.Find(import) ?? throw new WasmLinkException($"unknown import: {import.Module}.{import.Name} is not among what is allowed");
            bool isLinked = allowed is HostEntry host
                ? import.Kind == ExternKind.Function && TryLink(import, host)
                : TryLink(import, (InstanceExport)allowed);
            if (!isLinked)
            {
                throw new WasmLinkException($"incompatible import type: {import.Module}.{import.Name} is not what it asks for");
            }
        }
    }

    private bool TryLink(Import import, HostEntry host)
    {
        FunctionType wanted = WantedType(import);
        if (!wanted.IsSameAs(host.Type))
        {
            return false;
        }

        instance.Import(import.Index, new Function
        {
            ParameterCount = wanted.Parameters.Length,
            FrameSlots = wanted.Parameters.Length + wanted.Results.Length,
            TypeId = instance.Store.TypeId(wanted),
            HostNumber = instance.Store.Machine.Add(host),
        });
        return true;
    }

    private bool TryLink(Import import, InstanceExport offered)
    {
        WasmInstance from = offered.Instance;
        Export export = offered.Export;
        if (from.Store != instance.Store)
        {
            throw new WasmLinkException($"{import.Module}.{import.Name} is of an instance in another store");
        }

        if (export.Kind != import.Kind)
        {
            return false;
        }

        switch (import.Kind)
        {
            case ExternKind.Function:
                Function function = *from.FunctionAt(export.Index);
                if (function.TypeId != instance.Store.TypeId(WantedType(import)))
                {
                    return false;
                }

                instance.Import(import.Index, function);
                return true;
            case ExternKind.Table:
                Table table = from.Tables[export.Index];
                TableType wantedTable = instance.Module.Tables[import.Index];
                instance.Import(import.Index, table);
                return table.Declared.Element == wantedTable.Element && Fits((uint)table.Items.Length, table.Declared.Size, wantedTable.Size);
            case ExternKind.Memory:
                Memory = from.Memory;
                return Fits((uint)Memory.PageCount, Memory.Declared, instance.Module.Memories[0]);
            default:
                instance.Import(import.Index, from.GlobalCell(export.Index));
                return from.Module.GlobalTypes[export.Index].IsSameAs(instance.Module.GlobalTypes[import.Index]);
        }
    }

    private FunctionType WantedType(Import import) => instance.Module.Types[instance.Module.Functions[import.Index]];

    // What is there now has to be enough, and may not come to be more than asked for.
    private static bool Fits(uint count, Extent declared, Extent wanted) => count >= wanted.Min && (wanted.Max is null || declared.Max <= wanted.Max);
}
