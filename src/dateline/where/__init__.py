"""Where? (made below)"""
