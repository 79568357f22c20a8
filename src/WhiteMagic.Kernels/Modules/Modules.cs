// The modules that wmc makes of this assembly. Every module has ModuleExports; whitemagic_core has everything.
